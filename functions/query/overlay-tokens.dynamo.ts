import { createHash } from 'node:crypto';
import { type AttributeValue, type DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { type OverlayTokens, overlayTokenPrefix } from './overlay-tokens.ts';

/**
 * Tokens beside the tickets, by their hash: who reads the table can open nothing, and deleting an item ends its token at once.
 * `newSecret` makes what nobody can guess: at least 128 random bits as text.
 */
export function dynamoOverlayTokens({
  client,
  table,
  newSecret,
}: {
  client: DynamoDBClient;
  table: string;
  newSecret: () => string;
}): OverlayTokens {
  return {
    async issue({ site, until }) {
      const token = `${overlayTokenPrefix}${newSecret()}`;
      const ttl = { N: String(Math.ceil(until / 1000)) };
      const Item = { ...keyOf(token), site: { S: site }, expiresAt: { N: String(until) }, ttl };
      await client.send(new PutItemCommand({ TableName: table, Item }));
      return token;
    },
    async find(token, now) {
      const { Item } = await client.send(
        new GetItemCommand({ TableName: table, Key: keyOf(token), ConsistentRead: true }),
      );
      const until = Number(Item?.expiresAt?.N ?? 0);
      return Item?.site?.S && until > now ? { site: Item.site.S, until } : null;
    },
  };
}

function keyOf(token: string): Record<string, AttributeValue> {
  return { pk: { S: `overlay|${createHash('sha256').update(token).digest('hex')}` }, sk: { S: '-' } };
}
