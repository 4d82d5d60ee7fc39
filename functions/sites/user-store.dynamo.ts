import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { sitesPerUserMax } from '../contract/account.ts';
import type { UserStore } from './user-store.ts';

/** Users in the sites table: `user|<id>`, with `-` for the user and `site|<site>` for each site. */
export function dynamoUserStore({ client, table }: { client: DynamoDBClient; table: string }): UserStore {
  const keyOf = (user: string, sort: string) => ({ pk: { S: `user|${user}` }, sk: { S: sort } });
  return {
    async sites(user) {
      const { Items = [] } = await client.send(
        new QueryCommand({
          TableName: table,
          KeyConditionExpression: 'pk = :pk AND begins_with(sk, :site)',
          ExpressionAttributeValues: { ':pk': { S: `user|${user}` }, ':site': { S: 'site|' } },
          Limit: sitesPerUserMax,
          ConsistentRead: true,
        }),
      );
      return Items.flatMap(({ sk }) => (sk?.S ? [sk.S.slice('site|'.length)] : []));
    },
    async join(user, site) {
      await client.send(new PutItemCommand({ TableName: table, Item: keyOf(user, `site|${site}`) }));
    },
    async leave(user, site) {
      await client.send(new DeleteItemCommand({ TableName: table, Key: keyOf(user, `site|${site}`) }));
    },

    async signedOutAt(user) {
      const { Item } = await client.send(
        new GetItemCommand({ TableName: table, Key: keyOf(user, '-'), ConsistentRead: true }),
      );
      return Number(Item?.signedOutAt?.N ?? 0);
    },
    async signOut(user, now) {
      try {
        await client.send(
          new UpdateItemCommand({
            TableName: table,
            Key: keyOf(user, '-'),
            // Earlier versions had it expire.
            UpdateExpression: 'SET #at = :at REMOVE #ttl',
            ConditionExpression: 'attribute_not_exists(#at) OR #at < :at',
            ExpressionAttributeNames: { '#at': 'signedOutAt', '#ttl': 'ttl' },
            ExpressionAttributeValues: { ':at': { N: String(now) } },
          }),
        );
      } catch (error) {
        // Somebody signed out later than that already.
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
      }
    },
  };
}
