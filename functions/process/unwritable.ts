/**
 * Items that can never be written: their increments wait under `failed/`, and hold up nobody else.
 *
 * Whoever meets such an item closes it to its lane (a note that every attempt reads before it writes) and gives up; from then on
 * all that the lane adds to the item is kept instead of being written, before the states are saved. It stays closed for as long
 * as it lives: items are of an hour or a day.
 *
 * Why each increment counts once, however batches are split, and whatever is applied when. What a record adds to an item is a
 * fact, so objects of several splits that overlap tell the same of a position. Before the closing all the lane's records were
 * added directly, in order, under the item's guard of that lane; after it none are, but by an attempt that began before, and it
 * adds all up to where it comes. So that guard goes on telling the truth: up to it all is counted, past it nothing. Playing
 * objects again is then one more run, from the first waiting position to the last, under that very guard, which leaves out what
 * has counted; a zombie that wakes later finds the guard past its own positions. (A guard of its own, as the plan had it, could
 * not tell what a zombie had added.) Objects must be applied without a gap: `localstack/redrive/increments.ts` sees to that.
 */
import { type FailedRecord, unwritableReason } from '../contract/failed.ts';
import { nameId } from '../contract/name-id.ts';
import { type Lane, sequenceNumberOf } from '../contract/position.ts';
import type { ItemIncrements } from '../store/counter-store.ts';
import type { Closing } from '../store/set-aside-store.ts';
import type { StreamBatchRecord } from './batch.ts';

/** What waits for one item: what a run of one lane was to add to it. */
export interface WaitingIncrements {
  lane: Lane;
  item: ItemIncrements;
}

/** The object to keep. `first`: the run's first record. The same run makes the same object under the same name. */
export function recordOfIncrements(
  shardId: string,
  { lane, item }: WaitingIncrements,
  { fault }: Closing,
  first: StreamBatchRecord,
): FailedRecord {
  const { pk, sk } = item.key;
  return {
    site: pk.split('|')[1] ?? '',
    at: first.arrivedAt,
    shardId,
    sequenceNumber: first.sequenceNumber,
    part: `${sequenceNumberOf(item.last)}-${nameId(pk)}${nameId(sk)}`,
    reason: unwritableReason,
    message: fault,
    data: Buffer.from(JSON.stringify({ lane, item })),
  };
}

/** Inverse of `recordOfIncrements`. @throws Error when the record holds no increments. */
export function incrementsOf({ reason, data }: FailedRecord): WaitingIncrements {
  if (reason !== unwritableReason) throw new Error(`a record that is set aside as ${reason} holds no increments`);
  return JSON.parse(Buffer.from(data).toString('utf8')) as WaitingIncrements;
}
