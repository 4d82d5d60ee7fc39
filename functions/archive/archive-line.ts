/** One record as the archive keeps it: a line of JSON with the record, as it was on the stream, inside. */
import type { StreamRecord } from '../contract/record.ts';
import { decodeRecord } from '../stream/record.ts';

export interface ArchivedRecord {
  /** Of the stream: positions of two generations can't be compared. */
  generation: number;
  shardId: string;
  sequenceNumber: string;
  /** When the stream took it, ms since the epoch. */
  arrivedAt: number;
  /** The record's bytes: JSON. */
  data: Uint8Array;
}

/** Raised when a line's own fields change; the record in it has a format version of its own. */
const lineVersion = 1;
const recordMark = ',"record":';

/** Without a line break at its end. `data` must be JSON. Inverse: `parseArchiveLine`. */
export function formatArchiveLine({ generation, shardId, sequenceNumber, arrivedAt, data }: ArchivedRecord): string {
  const text = Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('utf8');
  // Whoever put it on the stream may have broken it into lines; a line of the archive must stay one.
  const record = /[\r\n]/.test(text) ? JSON.stringify(JSON.parse(text)) : text;
  const head = { v: lineVersion, generation, shard: shardId, position: sequenceNumber, arrivedAt };
  return `${JSON.stringify(head).slice(0, -1)}${recordMark}${record}}`;
}

/** @throws Error that says what is wrong with the line. */
export function parseArchiveLine(line: string): ArchivedRecord {
  // Cut, not parsed: the record's text is decoded once, by whoever wants it.
  const cut = line.indexOf(recordMark);
  if (cut < 0) throw new Error(`archive line holds no record: ${line.slice(0, 200)}`);
  const { v, generation, shard, position, arrivedAt } = JSON.parse(`${line.slice(0, cut)}}`) as Record<string, unknown>;
  if (v !== lineVersion) throw new Error(`archive line has format version ${v}, not ${lineVersion}`);
  const isWhole =
    typeof generation === 'number' &&
    typeof shard === 'string' &&
    typeof position === 'string' &&
    typeof arrivedAt === 'number';
  if (!isWhole) throw new Error(`archive line has no position: ${line.slice(0, 200)}`);
  const data = Buffer.from(line.slice(cut + recordMark.length, -1));
  return { generation, shardId: shard, sequenceNumber: position, arrivedAt, data };
}

/** The record inside; null for what can't be read, which the processor has put under `failed/`, and for ticks. */
export function recordIn({ data }: Pick<ArchivedRecord, 'data'>): StreamRecord | null {
  const decoded = decodeRecord(data);
  return decoded.ok && 'visitor' in decoded.record ? decoded.record : null;
}
