import { type NameNeeded, namesNeeded } from '../aggregate/names-needed.ts';
import type { Lane, Position } from '../contract/position.ts';
import type { SetAside } from '../store/set-aside-store.ts';
import type { VisitorStore } from '../store/visitor-store.ts';
import type { AdmissionCache } from './admission-cache.ts';
import { type Entry, type LaneBatch, notFolded, type StreamBatch } from './batch.ts';
import type { ConfigCache } from './config-cache.ts';
import { type FoldedBatch, foldBatch } from './fold-batch.ts';
import { type LoadOwnersDeps, settleOwners } from './load-owners.ts';
import { readBatch } from './read-batch.ts';
import { loadVisitors, type VisitorInBatch, visitorName } from './visitor-in-batch.ts';

export interface PrepareDeps extends Pick<LoadOwnersDeps, 'stream'> {
  visitors: Pick<VisitorStore, 'load' | 'claimLoad'>;
  configs: ConfigCache;
  admissions: AdmissionCache;
  epoch: string;
  clock: () => number;
}

/** A batch read and folded, with nothing of it written. */
export interface Prepared extends LaneBatch, FoldedBatch {
  foldMs: number;
}

/**
 * Reads and folds a batch. What fails is `failed`, and so is what has been set aside already.
 * @throws when a port fails.
 */
export async function prepare(
  { shardId, records }: StreamBatch,
  lane: Lane,
  deps: PrepareDeps,
  setAside: ReadonlyMap<Position, SetAside>,
): Promise<Prepared> {
  const entries = await readBatch(records, deps.configs, deps.epoch);
  for (const entry of entries) {
    const decided = setAside.get(entry.position);
    if (decided) entry.content = { what: 'failed', ...decided };
  }
  const batch: LaneBatch = { shardId, lane, entries };
  const visitors = await loadVisitors(batch, deps.visitors);
  for (const entry of entries) passOverCounted(entry, lane, visitors);
  await settleOwners(batch, visitors, deps, deps.clock());

  const admissions = await deps.admissions.admit(entries.flatMap((entry) => namesOf(entry, deps.epoch)));
  const startedAt = deps.clock();
  const folded = foldBatch(batch, visitors, admissions, deps.epoch);
  return { ...batch, ...folded, foldMs: deps.clock() - startedAt };
}

/** Records that their visitor's state holds already, and those whose state cannot be read. */
function passOverCounted(entry: Entry, lane: Lane, visitors: Map<string, VisitorInBatch>): void {
  if (entry.content.what !== 'record') return;
  const { site, visitor: id } = entry.content.record;
  const visitor = visitors.get(visitorName(site, id));
  const guard: Position | undefined = visitor?.guards[lane];
  if (guard !== undefined && entry.position <= guard) entry.content = { what: 'passed', why: 'counted' };
  else if (visitor?.fault) entry.content = { what: 'failed', site, reason: 'bad-state', message: visitor.fault };
}

function namesOf(entry: Entry, epoch: string): NameNeeded[] {
  if (entry.content.what !== 'record') return [];
  const { record, config } = entry.content;
  try {
    return namesNeeded(record, config, epoch);
  } catch (error) {
    entry.content = notFolded(record.site, error);
    return [];
  }
}
