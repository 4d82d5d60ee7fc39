import type { AnyRecord, StreamRecord } from '../contract/record.ts';

export interface StreamWriter {
  /** Puts one record under its visitor's partition key. Resolves when the stream has it. */
  put(record: StreamRecord): Promise<void>;
  /** Puts a tick on every open shard. */
  tick(record: Exclude<AnyRecord, StreamRecord>): Promise<void>;
  /** How many shards are open; what was known up to half a minute before `now` is believed. */
  shards(now: number): Promise<number>;
}
