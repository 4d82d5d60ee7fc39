import { type AttributeValue, QueryCommand } from '@aws-sdk/client-dynamodb';
import type { DynamoTable } from './client.dynamo.ts';
import { deleteItems } from './delete-items.dynamo.ts';
import type { Partitions } from './partitions.ts';

/** Partitions of a table in DynamoDB, read eventually: at half the price, for what has not been written for days. */
export function dynamoPartitions({ client, table }: DynamoTable): Partitions {
  return {
    async sorts(pk) {
      const sorts: string[] = [];
      let start: Record<string, AttributeValue> | undefined;
      do {
        const page = await client.send(
          new QueryCommand({
            TableName: table,
            KeyConditionExpression: 'pk = :pk',
            ProjectionExpression: 'sk',
            ExpressionAttributeValues: { ':pk': { S: pk } },
            ...(start && { ExclusiveStartKey: start }),
          }),
        );
        for (const { sk } of page.Items ?? []) sorts.push(sk?.S ?? '');
        start = page.LastEvaluatedKey;
      } while (start);
      return sorts;
    },

    delete: (pk, sorts) =>
      deleteItems(
        { client, table },
        sorts.map((sk) => ({ pk: { S: pk }, sk: { S: sk } })),
      ),
  };
}
