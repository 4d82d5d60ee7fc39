import type { StreamRecord } from '../../functions/contract/record.ts';
import { defaultPathRules, type SiteConfig } from '../../functions/contract/site.ts';
import { decode } from '../../functions/ingest/decode.ts';
import { enrich } from '../../functions/ingest/enrich.ts';
import { agentFacts } from '../../functions/ingest/user-agent.ts';
import { AdmissionCache } from '../../functions/process/admission-cache.ts';
import type { StreamBatch } from '../../functions/process/batch.ts';
import { ConfigCache } from '../../functions/process/config-cache.ts';
import { memoryFailedStore } from '../../functions/process/failed-store.memory.ts';
import { Pace } from '../../functions/process/pace.ts';
import { type ProcessDeps, processBatch } from '../../functions/process/process.ts';
import { silentPusher } from '../../functions/push/pusher.ts';
import { memoryAdmissionRows } from '../../functions/store/admission-rows.memory.ts';
import type { AdmissionRows } from '../../functions/store/admission-rows.ts';
import { admissionStore } from '../../functions/store/admission-store.ts';
import { memoryCounterStore } from '../../functions/store/counter-store.memory.ts';
import { memoryProgressStore } from '../../functions/store/progress-store.memory.ts';
import { memorySetAsideStore } from '../../functions/store/set-aside-store.memory.ts';
import { memoryVisitorStore } from '../../functions/store/visitor-store.memory.ts';
import { encodeRecord } from '../../functions/stream/record.ts';
import { memoryStreamWriter } from '../../functions/stream/stream-writer.memory.ts';
import type { ReadUnits } from './read-units.ts';
import type { SentBody } from './recorded-visits.ts';
import { meteredAdmissions, meteredCounters, meteredVisitors, type WriteUnits } from './write-units.ts';

export const benchSite: SiteConfig = {
  site: 'bench',
  version: 1,
  name: 'Bench',
  zone: 'Europe/Vienna',
  origins: ['http://localhost:*'],
  pathRules: defaultPathRules,
  watchedRequestsPerSecondMax: 100,
};

/** What ingest makes of a body, without stores: the record as it goes on the stream. */
export function recordOf({ body, at, visitor, agent }: SentBody): StreamRecord {
  const decoded = decode(body, false);
  if (!decoded.ok) throw new Error(`a simulated body was refused: ${decoded.message}`);
  const { browser, os } = agentFacts(agent);
  const facts = { visitor, origin: 'http://localhost:8081', country: 'AT', browser, os, receivedAt: at };
  return enrich(decoded.batch, benchSite, facts);
}

/** The real processor over stores in memory that count write units, and read units where asked to. */
export function meteredProcessor(units: WriteUnits, reads?: ReadUnits): ProcessDeps {
  const deps = writeMetered(units, (rows) => reads?.admissions(rows) ?? rows);
  return reads ? reads.of(deps) : deps;
}

function writeMetered(units: WriteUnits, outer: (rows: AdmissionRows) => AdmissionRows): ProcessDeps {
  return {
    epoch: '1',
    generation: 0,
    clock: () => 0,
    counters: meteredCounters(memoryCounterStore(), units),
    visitors: meteredVisitors(memoryVisitorStore(), units),
    setAside: memorySetAsideStore(),
    admissions: new AdmissionCache(admissionStore(outer(meteredAdmissions(memoryAdmissionRows(), units)))),
    progress: memoryProgressStore(),
    configs: new ConfigCache({ version: async () => benchSite, goalsFrom: async () => null }),
    stream: memoryStreamWriter(),
    failed: memoryFailedStore(),
    pusher: silentPusher,
    pace: new Pace({ watchOf: async () => ({ watched: false, everyMs: 1_000 }), setPace: async () => undefined }),
  };
}

/** Runs what was sent through the processor as one shard that is polled every `pollMs`. */
export async function processSent(sent: SentBody[], pollMs: number, deps: ProcessDeps): Promise<void> {
  for (const batch of batchesOf(sent, pollMs)) await processOne(batch, deps);
}

/** What a shard that is polled every `pollMs` hands over of what was sent; a poll that finds nothing is no batch. */
export function batchesOf(sent: readonly SentBody[], pollMs: number): StreamBatch[] {
  const batches: StreamBatch[] = [];
  let sequence = 0n;
  for (let index = 0; index < sent.length; ) {
    const until = (sent[index]?.at ?? 0) + pollMs;
    const records = [];
    for (; index < sent.length && (sent[index]?.at ?? 0) < until; index++) {
      const one = sent[index];
      if (!one) continue;
      records.push({ sequenceNumber: String(++sequence), data: encodeRecord(recordOf(one)), arrivedAt: one.at });
    }
    batches.push({ shardId: 'shardId-000000000000', records });
  }
  return batches;
}

export async function processOne(batch: StreamBatch, deps: ProcessDeps): Promise<void> {
  const { failedFrom } = await processBatch(batch, deps);
  if (failedFrom !== null) throw new Error('the processor failed in memory');
}
