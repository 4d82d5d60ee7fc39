import { createHash } from 'node:crypto';
import { type AttributeValue, type DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { formatHolder, parseHolder } from '../push/holder-text.ts';
import { type GrantTokens, grantKindOf } from './grant-tokens.ts';

/**
 * Tokens beside the tickets, by their hash: who reads the table can open nothing, and deleting an item ends its token at once.
 * `newSecret` makes what nobody can guess: at least 128 random bits as text.
 */
export function dynamoGrantTokens({
  client,
  table,
  newSecret,
}: {
  client: DynamoDBClient;
  table: string;
  newSecret: () => string;
}): GrantTokens {
  return {
    async issue({ kind, site, until, by }) {
      const token = `${kind}_${newSecret()}`;
      const ttl = { N: String(Math.ceil(until / 1000)) };
      const Item = {
        ...keyOf(token),
        site: { S: site },
        by: { S: formatHolder(by) },
        expiresAt: { N: String(until) },
        ttl,
      };
      await client.send(new PutItemCommand({ TableName: table, Item }));
      return token;
    },
    async find(token, now) {
      const kind = grantKindOf(token);
      if (!kind) return null;
      const { Item } = await client.send(
        new GetItemCommand({ TableName: table, Key: keyOf(token), ConsistentRead: true }),
      );
      const until = Number(Item?.expiresAt?.N ?? 0);
      const by = parseHolder(Item?.by?.S ?? '');
      return Item?.site?.S && by && until > now ? { kind, site: Item.site.S, until, by } : null;
    },
  };
}

function keyOf(token: string): Record<string, AttributeValue> {
  const hash = createHash('sha256').update(token).digest('hex');
  return { pk: { S: `${grantKindOf(token)}|${hash}` }, sk: { S: '-' } };
}
