import { type AttributeValue, BatchWriteItemCommand } from '@aws-sdk/client-dynamodb';
import type { DynamoTable } from './client.dynamo.ts';

/** What one call may remove. */
const deletesPerCallMax = 25;
/** Asked again for what was left undone; then the run fails, and the next one goes on. */
const roundsMax = 8;

/** Deletes items by their keys, one call after another. @throws Error when the table is too busy to: some of them are gone then. */
export async function deleteItems(
  { client, table }: DynamoTable,
  keys: readonly Record<string, AttributeValue>[],
): Promise<void> {
  for (let from = 0; from < keys.length; from += deletesPerCallMax) {
    let requests = keys.slice(from, from + deletesPerCallMax).map((Key) => ({ DeleteRequest: { Key } }));
    for (let round = 0; requests.length > 0; round++) {
      if (round === roundsMax)
        throw new Error(`${requests.length} items of ${table} were not deleted in ${roundsMax} calls`);
      const { UnprocessedItems = {} } = await client.send(
        new BatchWriteItemCommand({ RequestItems: { [table]: requests } }),
      );
      requests = (UnprocessedItems[table] ?? []) as typeof requests;
    }
  }
}
