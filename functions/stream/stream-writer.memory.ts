import { partitionKeyOf } from './partition-key.ts';
import { encodeRecord } from './record.ts';
import type { StreamWriter } from './stream-writer.ts';

export interface WrittenRecord {
  partitionKey: string;
  data: Uint8Array;
}

/** Adds what is put to `written`, as the bytes that a stream would carry, oldest first. For tests and the simulator. */
export function memoryStreamWriter(written: WrittenRecord[] = []): StreamWriter & { written: WrittenRecord[] } {
  return {
    written,
    async put(record) {
      written.push({ partitionKey: partitionKeyOf(record), data: encodeRecord(record) });
    },
    async tick(record) {
      written.push({ partitionKey: 'tick', data: encodeRecord(record) });
    },
    shards: async () => 1,
  };
}
