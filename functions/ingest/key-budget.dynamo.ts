import { ConditionalCheckFailedException, type DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { KeyBudget } from './key-budget.ts';

/** Budgets as items `rate|<write key>` of the table of connections, one a window, gone soon after it. */
export function dynamoKeyBudget({ client, table }: { client: DynamoDBClient; table: string }): KeyBudget {
  return {
    async take(key, window, requests, requestsMax, expiresAt) {
      if (requests > requestsMax) return false;
      try {
        await client.send(
          new UpdateItemCommand({
            TableName: table,
            Key: { pk: { S: `rate|${key}` }, sk: { S: String(window) } },
            UpdateExpression: 'SET #t = :t ADD #n :n',
            ConditionExpression: 'attribute_not_exists(#n) OR #n <= :before',
            ExpressionAttributeNames: { '#n': 'n', '#t': 'ttl' },
            ExpressionAttributeValues: {
              ':n': { N: String(requests) },
              ':before': { N: String(requestsMax - requests) },
              ':t': { N: String(expiresAt) },
            },
          }),
        );
        return true;
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return false;
        throw error;
      }
    },
  };
}
