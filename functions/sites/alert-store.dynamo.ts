import {
  type AttributeValue,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { type AlertSettings, defaultAlerts } from '../contract/alert.ts';
import type { AlertStore, StoredAlerts } from './alert-store.ts';

type Item = Record<string, AttributeValue>;

/** In the sites table, one item a site: `alerts|<site>` with its settings as JSON, the secret, and `told_<kind>`. */
export function dynamoAlertStore({ client, table }: { client: DynamoDBClient; table: string }): AlertStore {
  const keyOf = (site: string): Item => ({ pk: { S: `alerts|${site}` }, sk: { S: '-' } });
  return {
    async read(site) {
      const { Item: item } = await client.send(
        new GetItemCommand({ TableName: table, Key: keyOf(site), ConsistentRead: true }),
      );
      return storedOf(item);
    },
    async save(site, settings, newSecret) {
      const { Attributes } = await client.send(
        new UpdateItemCommand({
          TableName: table,
          Key: keyOf(site),
          UpdateExpression: 'SET settings = :settings, secret = if_not_exists(secret, :secret)',
          ExpressionAttributeValues: { ':settings': { S: JSON.stringify(settings) }, ':secret': { S: newSecret } },
          ReturnValues: 'ALL_NEW',
        }),
      );
      const stored = storedOf(Attributes);
      if (!stored) throw new Error(`the alerts of site "${site}" were saved and not answered`);
      return stored;
    },
    async remove(site) {
      await client.send(new DeleteItemCommand({ TableName: table, Key: keyOf(site) }));
    },
    async claim(site, kind, now, quietMs) {
      try {
        await client.send(
          new UpdateItemCommand({
            TableName: table,
            Key: keyOf(site),
            UpdateExpression: 'SET #told = :now',
            ConditionExpression: 'attribute_not_exists(#told) OR #told <= :before',
            ExpressionAttributeNames: { '#told': `told_${kind}` },
            ExpressionAttributeValues: { ':now': { N: String(now) }, ':before': { N: String(now - quietMs) } },
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

function storedOf(item: Item | undefined): StoredAlerts | null {
  const text = item?.settings?.S;
  // Settings that were saved before a kind was there have it at its default.
  return text === undefined
    ? null
    : {
        settings: { ...defaultAlerts, ...(JSON.parse(text) as Partial<AlertSettings>) },
        webhookSecret: item?.secret?.S ?? '',
      };
}
