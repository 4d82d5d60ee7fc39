import type { ArchiveStore } from '../../functions/archive/archive-store.ts';
import { comparePositions } from '../../functions/archive/position-order.ts';
import {
  type FailedRecord,
  failedPrefix,
  parseFailedKey,
  parseFailedText,
  redrivenKey,
  unwritableReason,
} from '../../functions/contract/failed.ts';
import { partitionKeyOf } from '../../functions/stream/partition-key.ts';
import { decodeRecord } from '../../functions/stream/record.ts';
import { type IncrementsPorts, redriveIncrements } from './increments.ts';

export interface RedrivePorts {
  archive: ArchiveStore;
  counters: IncrementsPorts['counters'];
  /** Resolves when the stream has it. */
  put(data: Uint8Array, partitionKey: string): Promise<void>;
  /** ms since the epoch. */
  clock(): number;
  progress(what: string): void;
}

export interface RedriveChoice {
  site?: string;
  reason?: string;
  /** Of records: the oldest ones. */
  recordsMax?: number;
}

export interface Redriven {
  /** How many records were put, and how many objects of increments were added. */
  byReason: Map<string, number>;
  /** Records beyond `recordsMax`. */
  left: number;
}

/**
 * Puts what was set aside on the stream again, in the order in which it stood there, and marks each object as redriven by moving
 * it. A record keeps its load and number: put twice, because this was interrupted before the move, it still counts once. What
 * fails again is set aside again under its new position. What waits for items that could not be written is added to them. One
 * record is held at a time, however many wait.
 */
export async function redrive(choice: RedriveChoice, ports: RedrivePorts): Promise<Redriven> {
  const { site, reason, recordsMax = Number.POSITIVE_INFINITY } = choice;
  const byReason = new Map<string, number>();
  const waiting = await chosen(choice, ports.archive);
  let count = 0;
  for (const key of waiting.slice(0, recordsMax)) {
    const bytes = await ports.archive.get(key);
    // Another redrive was faster.
    if (!bytes) continue;
    const text = Buffer.from(bytes).toString('utf8');
    const record = parseFailedText(text);
    await ports.put(record.data, partitionKeyFor(record));
    await mark(key, text, ports);
    byReason.set(record.reason, (byReason.get(record.reason) ?? 0) + 1);
    count += 1;
    ports.progress(`${count} of ${Math.min(waiting.length, recordsMax)} records put on the stream again`);
  }
  const left = Math.max(0, waiting.length - recordsMax);
  if (reason !== undefined && reason !== unwritableReason) return { byReason, left };
  const added = await redriveIncrements(site, ports);
  for (const { key, text } of added) await mark(key, text, ports);
  if (added.length > 0) byReason.set(unwritableReason, added.length);
  return { byReason, left };
}

async function mark(key: string, text: string, { archive, clock }: RedrivePorts): Promise<void> {
  const marked = JSON.stringify({ ...JSON.parse(text), redrivenAt: clock() });
  await archive.put(redrivenKey(key), Buffer.from(marked), 'application/json');
  await archive.delete(key);
}

/**
 * The keys of what waits, in the order in which it stood: the records of a visitor are on one shard, or on those that it was split or
 * merged into, whose numbers are higher.
 */
async function chosen({ site, reason }: RedriveChoice, archive: Pick<ArchiveStore, 'keys'>): Promise<string[]> {
  const keys = await archive.keys(site === undefined ? failedPrefix : `${failedPrefix}site=${site}/`);
  const waiting = keys.flatMap((key) => {
    const place = parseFailedKey(key);
    if (!place || place.reason === unwritableReason || (reason !== undefined && place.reason !== reason)) return [];
    return [{ key, at: place.sequenceNumber }];
  });
  return waiting.sort((one, other) => comparePositions(one.at, other.at)).map(({ key }) => key);
}

/** Under its visitor, as ingest would put it. What can't be read has none, and goes where it will be set aside again. */
function partitionKeyFor({ data }: FailedRecord): string {
  const decoded = decodeRecord(data);
  return decoded.ok && 'visitor' in decoded.record ? partitionKeyOf(decoded.record) : 'unreadable';
}
