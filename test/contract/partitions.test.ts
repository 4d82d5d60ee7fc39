import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import type { ItemKey } from '../../functions/contract/counter.ts';
import { dynamoPartitions } from '../../functions/store/partitions.dynamo.ts';
import { memoryPartitions } from '../../functions/store/partitions.memory.ts';
import type { Partitions } from '../../functions/store/partitions.ts';
import { testDynamo } from './dynamo.ts';

const dynamo = testDynamo();

async function inDynamo(keys: ItemKey[]): Promise<Partitions> {
  const { client, byPkAndSk } = dynamo();
  // With 100 KB each, so that a query has more than one page.
  const padding = { S: 'x'.repeat(100_000) };
  for (const { pk, sk } of keys) {
    await client.send(new PutItemCommand({ TableName: byPkAndSk, Item: { pk: { S: pk }, sk: { S: sk }, padding } }));
  }
  return dynamoPartitions({ client, table: byPkAndSk });
}

describe.each<[string, (keys: ItemKey[]) => Promise<Partitions>]>([
  ['memory', async (keys) => memoryPartitions(keys)],
  ['DynamoDB', inDynamo],
])('partitions in %s', (_name, make) => {
  it('tell what is in them, and lose what is deleted and nothing else', async () => {
    const sorts = Array.from({ length: 30 }, (_, index) => String(index).padStart(2, '0'));
    const keys = sorts.flatMap((sk) => [{ pk: '1|demo|page|2026-11-23', sk }]);
    const store = await make([...keys, { pk: '1|demo|page|2026-11-24', sk: '00' }]);
    expect(await store.sorts('1|demo|page|2026-11-23')).toEqual(sorts);
    await store.delete('1|demo|page|2026-11-23', sorts.slice(0, 28));
    expect(await store.sorts('1|demo|page|2026-11-23')).toEqual(['28', '29']);
    // Again, and with one that was never there.
    await store.delete('1|demo|page|2026-11-23', [...sorts, 'none']);
    await store.delete('1|demo|page|2026-11-22', []);
    expect(await store.sorts('1|demo|page|2026-11-23')).toEqual([]);
    expect(await store.sorts('1|demo|page|2026-11-24')).toEqual(['00']);
  });
});
