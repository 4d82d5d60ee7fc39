import { expect, it } from 'vitest';
import { archiveBatch } from '../../../functions/archive/archive-batch.ts';
import { memoryArchiveStore } from '../../../functions/archive/archive-store.memory.ts';
import { encodeRecord } from '../../../functions/stream/record.ts';
import { readKept } from '../../../localstack/rebuild/kept-records.ts';
import type { RebuildPorts } from '../../../localstack/rebuild/rebuild-ports.ts';
import { recordOf, view } from '../aggregate/given.ts';
import { now, shardOf } from './archived-world.ts';

const shardId = shardOf(0);
const records = ['one', 'two', 'one'].map((site, index) => ({
  sequenceNumber: `495900${index}`,
  arrivedAt: now,
  data: encodeRecord(recordOf({ site, n: index, receivedAt: now - 1_000, events: [view(500)] })),
}));

it('nothing is missing between two records when some are archived while the archive is listed', async () => {
  const archive = memoryArchiveStore();
  let come = 1;
  const ports: Pick<RebuildPorts, 'archive' | 'shards' | 'records' | 'progress'> = {
    archive: {
      ...archive,
      // All have come by now, and the last one is archived before the one before it, which is another site's.
      async keys(prefix) {
        come = 3;
        await archiveBatch({ generation: 0, shardId, records: records.slice(2) }, archive);
        return archive.keys(prefix);
      },
    },
    shards: async () => [shardId],
    async *records() {
      yield records.slice(0, come).map((record) => ({ ...record, shardId, generation: 0 }));
    },
    progress: () => undefined,
  };
  const { shards, count, firsts } = await readKept(ports as RebuildPorts);
  const kept: string[] = [];
  for await (const { sequenceNumber } of shards.records(shardId)) kept.push(sequenceNumber);
  expect(kept).toEqual(records.map(({ sequenceNumber }) => sequenceNumber));
  expect(count).toBe(3);
  expect([...firsts]).toEqual([
    ['one', now - 1_500],
    ['two', now - 1_500],
  ]);
});
