import type { StreamRecord } from '../../functions/contract/record.ts';
import { defaultPathRules, type SiteConfig } from '../../functions/contract/site.ts';
import { decode } from '../../functions/ingest/decode.ts';
import { enrich } from '../../functions/ingest/enrich.ts';
import { agentFacts } from '../../functions/ingest/user-agent.ts';
import { AdmissionCache } from '../../functions/process/admission-cache.ts';
import { ConfigCache } from '../../functions/process/config-cache.ts';
import { memoryFailedStore } from '../../functions/process/failed-store.memory.ts';
import { Pace } from '../../functions/process/pace.ts';
import { type ProcessDeps, processBatch } from '../../functions/process/process.ts';
import { memoryAdmissionRows } from '../../functions/store/admission-rows.memory.ts';
import { admissionStore } from '../../functions/store/admission-store.ts';
import { memoryCounterStore } from '../../functions/store/counter-store.memory.ts';
import { memoryProgressStore } from '../../functions/store/progress-store.memory.ts';
import { memorySetAsideStore } from '../../functions/store/set-aside-store.memory.ts';
import { memoryVisitorStore } from '../../functions/store/visitor-store.memory.ts';
import { encodeRecord } from '../../functions/stream/record.ts';
import { memoryStreamWriter } from '../../functions/stream/stream-writer.memory.ts';
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

/** The real processor over stores in memory that count write units. */
export function meteredProcessor(units: WriteUnits): ProcessDeps {
  return {
    epoch: '1',
    generation: 0,
    clock: () => 0,
    counters: meteredCounters(memoryCounterStore(), units),
    visitors: meteredVisitors(memoryVisitorStore(), units),
    setAside: memorySetAsideStore(),
    admissions: new AdmissionCache(admissionStore(meteredAdmissions(memoryAdmissionRows(), units))),
    progress: memoryProgressStore(),
    configs: new ConfigCache({ version: async () => benchSite }),
    stream: memoryStreamWriter(),
    failed: memoryFailedStore(),
    pusher: { push: async () => undefined },
    pace: new Pace({ watchOf: async () => ({ watched: false, everyMs: 1_000 }), setPace: async () => undefined }),
  };
}

/** Runs what was sent through the processor as one shard that is polled every `pollMs`. */
export async function processSent(sent: SentBody[], pollMs: number, deps: ProcessDeps): Promise<void> {
  let sequence = 0n;
  for (let index = 0; index < sent.length; ) {
    const until = (sent[index]?.at ?? 0) + pollMs;
    const records = [];
    for (; index < sent.length && (sent[index]?.at ?? 0) < until; index++) {
      const one = sent[index];
      if (!one) continue;
      records.push({ sequenceNumber: String(++sequence), data: encodeRecord(recordOf(one)), arrivedAt: one.at });
    }
    const { failedFrom } = await processBatch({ shardId: 'shardId-000000000000', records }, deps);
    if (failedFrom !== null) throw new Error('the processor failed in memory');
  }
}
