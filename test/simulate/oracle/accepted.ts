/**
 * What ingest accepted, read off the stream: each batch once, for the visitor who owns its load, in the order in which that
 * visitor's records stood on the stream.
 */
import { isTick, type StreamRecord } from '../../../functions/contract/record.ts';
import { decodeRecord } from '../../../functions/stream/record.ts';
import type { PutRecord } from '../aws/kinesis.ts';

export interface Accepted {
  /** Records that count, by visitor; repeats are still among them. */
  byVisitor: Map<string, StreamRecord[]>;
  /** `load n` of every record on the stream, and of those of them that count. */
  batches: Set<string>;
  counted: Set<string>;
  /** Positions of what is no record: `shard-sequence number`. */
  undecodable: Set<string>;
}

/** @param ownerOf a load at an instant. @param failed positions that were set aside. */
export function acceptedOf(
  everything: PutRecord[],
  ownerOf: (load: string, at: number) => string | undefined,
  failed: ReadonlySet<string>,
): Accepted {
  const accepted: Accepted = { byVisitor: new Map(), batches: new Set(), counted: new Set(), undecodable: new Set() };
  for (const put of everything) {
    const position = `${put.shardId}-${put.sequenceNumber}`;
    const decoded = decodeRecord(put.data);
    if (!decoded.ok) {
      accepted.undecodable.add(position);
      continue;
    }
    const { record } = decoded;
    if (isTick(record)) continue;
    if (failed.has(position)) continue;
    const batch = `${record.load} ${record.n}`;
    accepted.batches.add(batch);
    // A record under another's name was put on the stream again under the owner's: that one counts.
    if (ownerOf(record.load, put.arrivedAt) !== record.visitor) continue;
    const records = accepted.byVisitor.get(record.visitor) ?? [];
    accepted.byVisitor.set(record.visitor, records);
    records.push(record);
    accepted.counted.add(batch);
  }
  return accepted;
}
