import type { BatchWriteItemCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { expect, it } from 'vitest';
import { deleteItems } from '../../../functions/store/delete-items.dynamo.ts';

const keys = Array.from({ length: 30 }, (_, n) => ({ pk: { S: String(n) } }));

/** A table that leaves undone, of each call, all but the first `done`. */
function busy(done: number) {
  const gone: string[] = [];
  const waits: number[] = [];
  const send = async ({ input }: BatchWriteItemCommand) => {
    const requests = input.RequestItems?.t ?? [];
    gone.push(...requests.slice(0, done).map(({ DeleteRequest }) => DeleteRequest?.Key?.pk?.S ?? ''));
    return { UnprocessedItems: requests.length > done ? { t: requests.slice(done) } : {} };
  };
  const client = { send } as unknown as DynamoDBClient;
  return { gone, waits, run: () => deleteItems({ client, table: 't' }, keys, async (ms) => waits.push(ms)) };
}

it('asks again, each time later, for what a busy table has left undone', async () => {
  const { gone, waits, run } = busy(10);
  await run();
  expect(gone).toEqual(keys.map(({ pk }) => pk.S));
  expect(waits).toEqual([25, 50]);
});

it('gives up on a table that removes nothing', async () => {
  const { waits, run } = busy(0);
  await expect(run()).rejects.toThrow('25 items of t were not deleted in 8 calls');
  expect(waits).toEqual([25, 50, 100, 200, 400, 800, 1600]);
});
