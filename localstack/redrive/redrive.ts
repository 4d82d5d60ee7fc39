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
}

/**
 * Puts what was set aside on the stream again, in the order in which it stood there, and marks each object as redriven by moving
 * it. A record keeps its load and number: put twice, because this was interrupted before the move, it still counts once. What
 * fails again is set aside again under its new position. What waits for items that could not be written is added to them.
 * @returns how many records were put, and how many objects of increments were added, by reason.
 */
export async function redrive(choice: RedriveChoice, ports: RedrivePorts): Promise<Map<string, number>> {
  const done = new Map<string, number>();
  let count = 0;
  for (const { key, record } of await chosen(choice, ports)) {
    await ports.put(record.data, partitionKeyFor(record));
    await mark(key, record.text, ports);
    done.set(record.reason, (done.get(record.reason) ?? 0) + 1);
    count += 1;
    ports.progress(`${count} records put on the stream again`);
  }
  if (choice.reason !== undefined && choice.reason !== unwritableReason) return done;
  const added = await redriveIncrements(choice.site, ports);
  for (const { key, text } of added) await mark(key, text, ports);
  if (added.length > 0) done.set(unwritableReason, added.length);
  return done;
}

async function mark(key: string, text: string, { archive, clock }: RedrivePorts): Promise<void> {
  const marked = JSON.stringify({ ...JSON.parse(text), redrivenAt: clock() });
  await archive.put(redrivenKey(key), Buffer.from(marked), 'application/json');
  await archive.delete(key);
}

interface Waiting {
  key: string;
  record: FailedRecord & { text: string };
}

async function chosen({ site, reason }: RedriveChoice, { archive, progress }: RedrivePorts): Promise<Waiting[]> {
  const waiting: Waiting[] = [];
  for (const key of await archive.keys(site === undefined ? failedPrefix : `${failedPrefix}site=${site}/`)) {
    const place = parseFailedKey(key);
    if (!place || place.reason === unwritableReason) continue;
    if (reason !== undefined && place.reason !== reason) continue;
    const bytes = await archive.get(key);
    // Another redrive was faster.
    if (!bytes) continue;
    const text = Buffer.from(bytes).toString('utf8');
    waiting.push({ key, record: { ...parseFailedText(text), text } });
    progress(`${waiting.length} records found`);
  }
  return waiting.sort(
    ({ record: one }, { record: other }) =>
      one.at - other.at || comparePositions(one.sequenceNumber, other.sequenceNumber),
  );
}

/** Under its visitor, as ingest would put it. What can't be read has none, and goes where it will be set aside again. */
function partitionKeyFor({ data }: FailedRecord): string {
  const decoded = decodeRecord(data);
  return decoded.ok && 'visitor' in decoded.record ? partitionKeyOf(decoded.record) : 'unreadable';
}
