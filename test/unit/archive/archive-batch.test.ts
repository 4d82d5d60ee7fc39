import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { archiveBatch } from '../../../functions/archive/archive-batch.ts';
import { parseArchiveLine } from '../../../functions/archive/archive-line.ts';
import { memoryArchiveStore } from '../../../functions/archive/archive-store.memory.ts';
import type { AnyRecord } from '../../../functions/contract/record.ts';
import { encodeRecord } from '../../../functions/stream/record.ts';
import { recordOf } from '../aggregate/given.ts';

const shardId = 'shardId-000000000001';
const at = Date.parse('2026-11-23T09:59:58Z');

function batchOf(records: (AnyRecord | Uint8Array)[], from = 0) {
  return {
    generation: 0,
    shardId,
    records: records.map((record, index) => ({
      sequenceNumber: String(100 + from + index),
      data: record instanceof Uint8Array ? record : encodeRecord(record),
      arrivedAt: at + index,
    })),
  };
}
const positionsIn = (bytes: Uint8Array | undefined) =>
  gunzipSync(bytes ?? new Uint8Array())
    .toString()
    .trimEnd()
    .split('\n')
    .map((line) => parseArchiveLine(line).sequenceNumber);

describe('archiving a batch', () => {
  const records = [
    recordOf({ receivedAt: at, n: 0 }),
    recordOf({ receivedAt: at + 5_000, n: 1 }),
    recordOf({ receivedAt: at, n: 0, site: 'shop' }),
    recordOf({ receivedAt: at + 1_000, n: 2 }),
  ];

  it('writes one object for each site and hour of receipt, its records in order', async () => {
    const store = memoryArchiveStore();
    const archived = await archiveBatch(batchOf(records), store);
    expect([...store.objects].map(([key, bytes]) => [key, positionsIn(bytes)])).toEqual([
      [`events/site=demo/date=2026-11-23/hour=09/${shardId}-100-103.ndjson.gz`, ['100', '103']],
      [`events/site=demo/date=2026-11-23/hour=10/${shardId}-101-101.ndjson.gz`, ['101']],
      [`events/site=shop/date=2026-11-23/hour=09/${shardId}-102-102.ndjson.gz`, ['102']],
    ]);
    expect(archived).toMatchObject({ records: 4, objects: 3 });
    expect(archived.bytes).toBe([...store.objects.values()].reduce((sum, { length }) => sum + length, 0));
  });

  it('leaves out ticks and what cannot be decoded', async () => {
    const store = memoryArchiveStore();
    const tick: AnyRecord = { v: 1, tick: 'demo', receivedAt: at };
    await archiveBatch(batchOf([tick, Buffer.from('rubbish'), recordOf({ receivedAt: at })]), store);
    expect([...store.objects.values()].flatMap(positionsIn)).toEqual(['102']);
  });

  it('overwrites nothing when a repeated batch is cut otherwise, and the same object when it is not', async () => {
    const store = memoryArchiveStore();
    const same = records.map((record) => ({ ...record, site: 'demo', receivedAt: at }));
    await archiveBatch(batchOf(same), store);
    await archiveBatch(batchOf(same.slice(0, 2)), store);
    await archiveBatch(batchOf(same.slice(1), 1), store);
    await archiveBatch(batchOf(same), store);
    expect([...store.objects.values()].map((bytes) => positionsIn(bytes).length)).toEqual([4, 2, 3]);
  });

  it('fails when an object could not be kept, so that the batch comes again', async () => {
    const store = { put: () => Promise.reject(new Error('full')) };
    await expect(archiveBatch(batchOf(records), store)).rejects.toThrow('full');
  });
});
