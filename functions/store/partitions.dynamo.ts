import type { DynamoTable } from './client.dynamo.ts';
import { deleteItems } from './delete-items.dynamo.ts';
import type { Partitions } from './partitions.ts';
import { queryAll } from './query-all.dynamo.ts';

/** Partitions of a table in DynamoDB, read eventually: at half the price, for what has not been written for days. */
export function dynamoPartitions(table: DynamoTable): Partitions {
  return {
    async sorts(pk) {
      const items = await queryAll(table, {
        KeyConditionExpression: 'pk = :pk',
        ProjectionExpression: 'sk',
        ExpressionAttributeValues: { ':pk': { S: pk } },
      });
      return items.map(({ sk }) => sk?.S ?? '');
    },

    delete: (pk, sorts) =>
      deleteItems(
        table,
        sorts.map((sk) => ({ pk: { S: pk }, sk: { S: sk } })),
      ),
  };
}
