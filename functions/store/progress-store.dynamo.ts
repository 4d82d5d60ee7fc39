import { ConditionalCheckFailedException, GetItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { dayMs } from '../contract/time-unit.ts';
import type { DynamoTable } from './client.dynamo.ts';
import type { Attributes } from './item.dynamo.ts';
import type { ProgressStore } from './progress-store.ts';

/** Progress in DynamoDB, in the table of counters: one item a site. It never goes back. */
export function dynamoProgressStore({ client, table }: DynamoTable): ProgressStore {
  return {
    async set(epoch, site, at) {
      try {
        await client.send(
          new UpdateItemCommand({
            TableName: table,
            Key: keyOf(epoch, site),
            UpdateExpression: 'SET #at = :at, #t = :t',
            ConditionExpression: 'attribute_not_exists(#at) OR #at < :at',
            ExpressionAttributeNames: { '#at': 'at', '#t': 'ttl' },
            ExpressionAttributeValues: {
              ':at': { N: String(at) },
              ':t': { N: String(Math.ceil((at + 2 * dayMs) / 1000)) },
            },
          }),
        );
      } catch (error) {
        // A tick of another shard was ahead of this one: nothing to tell.
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
      }
    },

    async get(epoch, site) {
      const { Item } = await client.send(
        new GetItemCommand({ TableName: table, Key: keyOf(epoch, site), ConsistentRead: true }),
      );
      return Number(Item?.at?.N ?? 0);
    },
  };
}

function keyOf(epoch: string, site: string): Attributes {
  return { pk: { S: `${epoch}|${site}|progress` }, sk: { S: '-' } };
}
