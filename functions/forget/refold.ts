import type { ArchivedRecord } from '../archive/archive-line.ts';
import type { ArchivedShards } from '../archive/archived-shards.ts';
import type { Admission } from '../contract/admission.ts';
import { AdmissionCache } from '../process/admission-cache.ts';
import { ConfigCache } from '../process/config-cache.ts';
import { memoryFailedStore } from '../process/failed-store.memory.ts';
import { type ProcessDeps, processBatch } from '../process/process.ts';
import { silentPusher } from '../push/pusher.ts';
import type { SiteStore } from '../sites/site-store.ts';
import type { AdmissionStore } from '../store/admission-store.ts';
import { memorySetAsideStore } from '../store/set-aside-store.memory.ts';
import { memoryVisitorStore } from '../store/visitor-store.memory.ts';

export interface RefoldParts {
  epoch: string;
  counters: ProcessDeps['counters'];
  sites: Pick<SiteStore, 'version' | 'goalsFrom'>;
  admissions: Pick<AdmissionStore, 'admit'>;
  /** The visitor who owns a load that several name; null for every other load. */
  ownerOf(load: string): string | null;
  /** Records that have touched no counter: they were set aside. */
  isSetAside(record: ArchivedRecord): boolean;
  /** Told now and then how many records have been folded. */
  progress(records: number): void;
}

export interface Refolded {
  records: number;
  events: number;
  /** Batches that were on the stream more than once. */
  repeats: number;
  /** Records that can't be folded here, although they were once. */
  failed: { sequenceNumber: string; reason: string; message: string }[];
}

const batchSize = 500;

/** Folds records as the processor did, with its own code, from the first to the last, keeping visitors in memory. */
export async function refold(shards: ArchivedShards, parts: RefoldParts): Promise<Refolded> {
  const { deps, failed } = depsOf(parts);
  const refolded: Refolded = { records: 0, events: 0, repeats: 0, failed: [] };
  const flush = async (shardId: string, batch: ArchivedRecord[]): Promise<void> => {
    const generation = batch[0]?.generation ?? 0;
    const { failedFrom, figures } = await processBatch({ shardId, records: batch.splice(0) }, { ...deps, generation });
    if (failedFrom !== null) throw new Error(`record ${failedFrom} of ${shardId} could not be folded again`);
    refolded.records += figures.records;
    refolded.events += figures.events;
    refolded.repeats += figures.repeats;
    parts.progress(refolded.records);
  };
  for (const shardId of shards.shardIds()) {
    const batch: ArchivedRecord[] = [];
    for await (const record of shards.records(shardId)) {
      if (parts.isSetAside(record)) continue;
      if (batch.length >= batchSize || (batch[0] && batch[0].generation !== record.generation)) {
        await flush(shardId, batch);
      }
      batch.push(record);
    }
    if (batch.length > 0) await flush(shardId, batch);
  }
  refolded.failed = [...failed.kept.values()];
  return refolded;
}

function depsOf(parts: RefoldParts) {
  const visitors = memoryVisitorStore();
  const failed = memoryFailedStore();
  const deps: Omit<ProcessDeps, 'generation'> = {
    epoch: parts.epoch,
    // Only what is stored expires by the clock, and nothing is stored here.
    clock: () => 0,
    counters: parts.counters,
    visitors: {
      ...visitors,
      async claimLoad(site, load, visitor, expiresAt) {
        return visitors.claimLoad(site, load, parts.ownerOf(load) ?? visitor, expiresAt);
      },
    },
    setAside: memorySetAsideStore(),
    configs: new ConfigCache(parts.sites),
    admissions: new AdmissionCache(parts.admissions),
    failed,
    // What was put back then is in the archive under its owner already.
    stream: { put: async () => undefined },
    progress: { set: async () => undefined },
    pusher: silentPusher,
    pace: { note: () => undefined, adjust: async () => undefined },
  };
  return { deps, failed };
}

/** As recorded, and nothing new: a name that is not among the recorded ones was refused, for good, as no slot is ever freed. */
export function recordedAdmissions(store: Pick<AdmissionStore, 'all'>): Pick<AdmissionStore, 'admit'> {
  const scopes = new Map<string, Promise<Map<string, Admission>>>();
  return {
    async admit({ pk }, name) {
      const known = scopes.get(pk) ?? store.all(pk).then((all) => new Map(all.map((one) => [one.name, one])));
      scopes.set(pk, known);
      return (await known).get(name) ?? null;
    },
  };
}
