import { QueryCommand, type QueryCommandInput } from '@aws-sdk/client-dynamodb';
import type { DynamoTable } from './client.dynamo.ts';
import type { Attributes } from './item.dynamo.ts';

type Query = Omit<QueryCommandInput, 'TableName' | 'Limit' | 'ExclusiveStartKey'>;

/** All items of a query, call by call, since one answers at most 1 MB; `itemsMax`: no more than so many. */
export async function queryAll(
  { client, table }: DynamoTable,
  query: Query,
  itemsMax: number = Number.POSITIVE_INFINITY,
): Promise<Attributes[]> {
  const items: Attributes[] = [];
  let start: Attributes | undefined;
  do {
    const page = await client.send(
      new QueryCommand({
        ...query,
        TableName: table,
        ...(itemsMax < Number.POSITIVE_INFINITY && { Limit: itemsMax - items.length }),
        ...(start && { ExclusiveStartKey: start }),
      }),
    );
    items.push(...(page.Items ?? []));
    start = page.LastEvaluatedKey;
  } while (start && items.length < itemsMax);
  return items;
}
