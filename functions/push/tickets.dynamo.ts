import { createHash } from 'node:crypto';
import {
  type AttributeValue,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { ticketMs } from './watch-time.ts';

export interface ConnectionsTable {
  client: DynamoDBClient;
  table: string;
}

/** Stores a ticket by its hash: who reads the table can open nothing. */
export async function putTicket({ client, table }: ConnectionsTable, ticket: string, site: string, now: number) {
  const expiresAt = now + ticketMs;
  await client.send(
    new PutItemCommand({
      TableName: table,
      Item: {
        ...keyOf(ticket),
        site: { S: site },
        expiresAt: { N: String(expiresAt) },
        ttl: { N: String(Math.ceil(expiresAt / 1000)) },
      },
    }),
  );
}

/** The site that a ticket opens; null: unknown, used or expired. Deleting it is using it, so only one of two gets it. */
export async function takeTicket(
  { client, table }: ConnectionsTable,
  ticket: string,
  now: number,
): Promise<string | null> {
  try {
    const { Attributes: taken } = await client.send(
      new DeleteItemCommand({
        TableName: table,
        Key: keyOf(ticket),
        ConditionExpression: 'attribute_exists(pk)',
        ReturnValues: 'ALL_OLD',
      }),
    );
    return Number(taken?.expiresAt?.N) > now ? (taken?.site?.S ?? null) : null;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return null;
    throw error;
  }
}

function keyOf(ticket: string): Record<string, AttributeValue> {
  return { pk: { S: `ticket|${createHash('sha256').update(ticket).digest('hex')}` }, sk: { S: '-' } };
}
