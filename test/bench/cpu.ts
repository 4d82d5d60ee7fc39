import { fold } from '../../functions/aggregate/fold.ts';
import { namesNeeded } from '../../functions/aggregate/names-needed.ts';
import { emptyVisitorState } from '../../functions/aggregate/visitor-state.ts';
import { formatVisitorState } from '../../functions/aggregate/visitor-state-text.ts';
import type { StreamRecord } from '../../functions/contract/record.ts';
import { decode } from '../../functions/ingest/decode.ts';
import { AdmissionCache } from '../../functions/process/admission-cache.ts';
import { memoryAdmissionStore } from '../../functions/store/admission-store.memory.ts';
import { decodeRecord, encodeRecord } from '../../functions/stream/record.ts';
import { benchSite, recordOf } from './pipeline.ts';
import { row, time, title } from './print.ts';
import { recordVisits, type SentBody } from './recorded-visits.ts';

const epoch = '1';

/** CPU per event of the pure steps, and bytes per event on the wire and on the stream. */
export async function benchCpu(): Promise<void> {
  const sent = await recordVisits(200, 1_000, 5, { watched: false, everyMs: 1_000 });
  const records = sent.map(recordOf);
  const encoded = records.map(encodeRecord);
  const events = records.reduce((sum, record) => sum + record.events.length, 0);
  title(`CPU per event (${events} events in ${sent.length} batches of ${(events / sent.length).toFixed(1)})`);
  time('decode (JSON and checks)', 20, events, () => sent.map(({ body }) => decode(body, false)));
  time('decode, user agent and enrich', 20, events, () => sent.map((one: SentBody) => recordOf(one)));
  time('encode for the stream', 20, events, () => records.map(encodeRecord));
  time('decode from the stream', 20, events, () => encoded.map(decodeRecord));
  const foldAll = await folding(records);
  time('fold', 20, events, foldAll);

  title('Bytes per event');
  const bytes = (sizes: number[]) => (sizes.reduce((sum, size) => sum + size, 0) / events).toFixed(1);
  row('request body', `${bytes(sent.map(({ body }) => Buffer.byteLength(body)))} B`);
  row('record on the stream', `${bytes(encoded.map(({ length }) => length))} B`);
  const states = foldAll()
    .map((text) => text.length)
    .sort((a, b) => a - b);
  row('visitor state at the end of a visit', `median ${states[states.length >> 1]} B, largest ${states.at(-1)} B`);
}

async function folding(records: StreamRecord[]): Promise<() => string[]> {
  const cache = new AdmissionCache(memoryAdmissionStore());
  const admissions = await cache.admit(records.flatMap((record) => namesNeeded(record, benchSite, epoch)));
  return () => {
    const states = new Map<string, ReturnType<typeof emptyVisitorState>>();
    for (const record of records) {
      const before = states.get(record.visitor) ?? emptyVisitorState();
      const context = { config: benchSite, admissions, epoch, retired: null };
      states.set(record.visitor, fold(before, record, context).state);
    }
    return [...states.values()].map(formatVisitorState);
  };
}
