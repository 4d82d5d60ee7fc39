import type { VisitorState } from '../aggregate/visitor-state.ts';
import type { StreamRecord } from '../contract/record.ts';
import { dayMs } from '../contract/time-unit.ts';
import type { VisitorStore } from '../store/visitor-store.ts';
import type { StreamWriter } from '../stream/stream-writer.ts';
import { isRecordEntry, type LaneBatch, type RecordEntry } from './batch.ts';
import { expirySeconds } from './expiry.ts';
import { inParallel } from './in-parallel.ts';
import { readRetired } from './retired-version.ts';
import { type VisitorInBatch, visitorName } from './visitor-in-batch.ts';

const claimsAtOnceMax = 32;

export interface LoadOwnersDeps {
  visitors: Pick<VisitorStore, 'claimLoad' | 'load'>;
  stream: Pick<StreamWriter, 'put'>;
}

/**
 * Claims the loads that their visitors' states do not hold. A record whose load belongs to another visitor (its first batches
 * came by another network, say) goes back on the stream under the owner's key, where the order of that load's records is kept.
 * A repeated attempt puts it back again: a repeat for the owner's state to drop.
 * @throws when a claim or a put failed.
 */
export async function settleOwners(
  { entries }: LaneBatch,
  visitors: Map<string, VisitorInBatch>,
  deps: LoadOwnersDeps,
  now: number,
): Promise<void> {
  const unclaimed = new Map<string, RecordEntry[]>();
  for (const entry of entries.filter(isRecordEntry)) {
    const { record } = entry.content;
    const visitor = visitors.get(visitorName(record.site, record.visitor));
    if (!visitor || isClaimed(record, visitor.state)) continue;
    const name = `${record.site}|${record.load}`;
    unclaimed.set(name, [...(unclaimed.get(name) ?? []), entry]);
  }
  // Per load in order: its first record in the batch decides, on every attempt that comes first.
  await inParallel([...unclaimed.values()], claimsAtOnceMax, async (records) => {
    for (const entry of records) await settleOwner(entry, visitors, deps, now);
  });
}

/**
 * A state's own loads need no claim, but the claim must outlive what is remembered of them, or a copy of a batch that came by
 * another network could be claimed for another visitor. So the first record of a further day asks again, which lets the claim
 * last longer: it then ends 72 h at the earliest after any record of its load.
 */
function isClaimed({ load, receivedAt }: StreamRecord, { loads, newest }: VisitorState): boolean {
  const held = loads.find((one) => one.load === load);
  return held !== undefined && utcDay(held.touched * 1000) === utcDay(Math.max(newest, receivedAt));
}

const utcDay = (at: number): number => Math.floor(at / dayMs);

async function settleOwner(
  entry: RecordEntry,
  visitors: Map<string, VisitorInBatch>,
  deps: LoadOwnersDeps,
  now: number,
): Promise<void> {
  const { record } = entry.content;
  const { site, load } = record;
  const claimant = visitors.get(visitorName(site, record.visitor));
  if (!claimant || claimant.retired.has(load)) return;
  const expiresAt = expirySeconds(record.receivedAt, now);
  const claim = await deps.visitors.claimLoad(site, load, record.visitor, expiresAt);
  if (claimant.state.loads.some((held) => held.load === load)) {
    claimant.retired.set(load, null);
    return;
  }
  if (claim.visitor === record.visitor) {
    claimant.retired.set(load, await readRetired(claim.retired, claimant, deps.visitors));
    return;
  }
  await deps.stream.put({ ...record, visitor: claim.visitor });
  Object.assign(entry, { content: { what: 'passed', why: 'put-back' } });
}
