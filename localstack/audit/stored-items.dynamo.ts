import type { DynamoTable } from '../../functions/store/client.dynamo.ts';
import { guardsOf, keyOf, totalsOf } from '../../functions/store/item.dynamo.ts';
import { queryAll } from '../../functions/store/query-all.dynamo.ts';
import type { StoredItem } from './compare.ts';

/** All items of a partition with their guards, read consistently. */
export async function storedItems(table: DynamoTable, pk: string): Promise<StoredItem[]> {
  const items = await queryAll(table, {
    ConsistentRead: true,
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': { S: pk } },
  });
  return items.map((item) => {
    const key = keyOf(item);
    return { ...totalsOf(key, item), guards: guardsOf(item) };
  });
}
