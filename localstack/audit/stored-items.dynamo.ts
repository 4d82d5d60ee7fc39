import { QueryCommand } from '@aws-sdk/client-dynamodb';
import type { DynamoTable } from '../../functions/store/client.dynamo.ts';
import { type Attributes, guardsOf, keyOf, totalsOf } from '../../functions/store/item.dynamo.ts';
import type { StoredItem } from './compare.ts';

/** All items of a partition with their guards, read consistently. */
export async function storedItems({ client, table }: DynamoTable, pk: string): Promise<StoredItem[]> {
  const items: StoredItem[] = [];
  let start: Attributes | undefined;
  do {
    const page = await client.send(
      new QueryCommand({
        TableName: table,
        ConsistentRead: true,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': { S: pk } },
        ...(start && { ExclusiveStartKey: start }),
      }),
    );
    for (const item of page.Items ?? []) {
      const key = keyOf(item);
      items.push({ key, counters: totalsOf(key, item).counters, guards: guardsOf(item) });
    }
    start = page.LastEvaluatedKey;
  } while (start);
  return items;
}
