import {
  type AttributeValue,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  PutItemCommand,
  paginateQuery,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { SiteAccess } from './access.ts';
import type { Erasure, ErasureCursor, ErasureStore } from './erasure-store.ts';

/** Erasures in the sites table: `erasures`, an item a site. */
export function dynamoErasureStore({ client, table }: { client: DynamoDBClient; table: string }): ErasureStore {
  const keyOf = (site: string) => ({ pk: { S: 'erasures' }, sk: { S: site } });
  async function unless(condition: Promise<unknown>): Promise<void> {
    try {
      await condition;
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
  }
  return {
    begin: ({ site, since, access }) =>
      unless(
        client.send(
          new PutItemCommand({
            TableName: table,
            Item: { ...keyOf(site), since: { N: String(since) }, access: { S: JSON.stringify(access) } },
            ConditionExpression: 'attribute_not_exists(pk)',
          }),
        ),
      ),
    async all() {
      const pages = paginateQuery(
        { client },
        {
          TableName: table,
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': { S: 'erasures' } },
          ConsistentRead: true,
        },
      );
      const found: Erasure[] = [];
      for await (const { Items = [] } of pages) found.push(...Items.map(erasureOf));
      return found.sort((one, other) => one.since - other.since);
    },
    moveTo: (site, cursor) =>
      unless(
        client.send(
          new UpdateItemCommand({
            TableName: table,
            Key: keyOf(site),
            UpdateExpression: 'SET #cursor = :cursor',
            ConditionExpression: 'attribute_exists(pk)',
            ExpressionAttributeNames: { '#cursor': 'cursor' },
            ExpressionAttributeValues: { ':cursor': { S: JSON.stringify(cursor) } },
          }),
        ),
      ),
    async end(site) {
      await client.send(new DeleteItemCommand({ TableName: table, Key: keyOf(site) }));
    },
  };
}

function erasureOf(item: Record<string, AttributeValue>): Erasure {
  return {
    site: item.sk?.S ?? '',
    since: Number(item.since?.N),
    access: JSON.parse(item.access?.S ?? '') as SiteAccess,
    cursor: item.cursor?.S === undefined ? null : (JSON.parse(item.cursor.S) as ErasureCursor),
  };
}
