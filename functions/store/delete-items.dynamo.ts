import { setTimeout as delay } from 'node:timers/promises';
import { type AttributeValue, BatchWriteItemCommand } from '@aws-sdk/client-dynamodb';
import type { DynamoTable } from './client.dynamo.ts';

/** What one call may remove. */
const deletesPerCallMax = 25;
/** Asked again for what was left undone, 25 ms later and then doubling, some 3 s in all; then the run fails, and the next one goes on. */
const roundsMax = 8;
const firstDelayMs = 25;

/**
 * Deletes items by their keys, one call after another. What a throttled call leaves undone would be throttled again at once
 * (https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchWriteItem.html).
 * @throws Error when the table is too busy to: some of them are gone then.
 */
export async function deleteItems(
  { client, table }: DynamoTable,
  keys: readonly Record<string, AttributeValue>[],
  wait: (ms: number) => Promise<unknown> = delay,
): Promise<void> {
  for (let from = 0; from < keys.length; from += deletesPerCallMax) {
    let requests = keys.slice(from, from + deletesPerCallMax).map((Key) => ({ DeleteRequest: { Key } }));
    for (let round = 0; requests.length > 0; round++) {
      if (round === roundsMax)
        throw new Error(`${requests.length} items of ${table} were not deleted in ${roundsMax} calls`);
      if (round > 0) await wait(firstDelayMs * 2 ** (round - 1));
      const { UnprocessedItems = {} } = await client.send(
        new BatchWriteItemCommand({ RequestItems: { [table]: requests } }),
      );
      requests = (UnprocessedItems[table] ?? []) as typeof requests;
    }
  }
}
