import { type AttributeValue, DescribeTableCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { deleteItems } from '../../functions/store/delete-items.dynamo.ts';
import type { Clients } from '../audit/local-ports.dynamo.ts';
import type { StackNames } from '../stack-names.ts';

/** What a rebuild makes anew. The sites' configuration, keys and accounts are not among it: those have point-in-time recovery alone. */
export function countedTables(names: StackNames): string[] {
  return [names.countersTable, names.admissionsTable, names.visitorsTable];
}

/** Whether a table holds nothing at all. */
export async function isEmpty({ dynamo }: Pick<Clients, 'dynamo'>, table: string): Promise<boolean> {
  const { Items = [] } = await dynamo.send(new ScanCommand({ TableName: table, Limit: 1, ConsistentRead: true }));
  return Items.length === 0;
}

/** Deletes every item. @returns how many there were. @throws Error when the table goes on refusing to delete. */
export async function emptyTable(
  { dynamo }: Pick<Clients, 'dynamo'>,
  table: string,
  progress: (what: string) => void,
): Promise<number> {
  const { Table } = await dynamo.send(new DescribeTableCommand({ TableName: table }));
  const keyNames = (Table?.KeySchema ?? []).map(({ AttributeName = '' }) => AttributeName);
  let deleted = 0;
  let start: Record<string, AttributeValue> | undefined;
  do {
    const page = await dynamo.send(
      new ScanCommand({
        TableName: table,
        ConsistentRead: true,
        ProjectionExpression: keyNames.map((_, index) => `#k${index}`).join(', '),
        ExpressionAttributeNames: Object.fromEntries(keyNames.map((name, index) => [`#k${index}`, name])),
        ...(start && { ExclusiveStartKey: start }),
      }),
    );
    const keys = page.Items ?? [];
    await deleteItems({ client: dynamo, table }, keys);
    deleted += keys.length;
    progress(`${deleted} items of ${table} deleted`);
    start = page.LastEvaluatedKey;
  } while (start);
  return deleted;
}
