import { createHash } from 'node:crypto';
import {
  type AttributeValue,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { Ticket } from './connection-store.ts';
import { formatHolder, parseHolder } from './holder-text.ts';
import { ticketMs } from './watch-time.ts';

export interface ConnectionsTable {
  client: DynamoDBClient;
  table: string;
}

/** Stores a ticket by its hash: who reads the table can open nothing. */
export async function putTicket(
  { client, table }: ConnectionsTable,
  ticket: string,
  { site, until, by, ofOverlay }: Ticket,
  now: number,
): Promise<void> {
  const expiresAt = now + ticketMs;
  await client.send(
    new PutItemCommand({
      TableName: table,
      Item: {
        ...keyOf(ticket),
        site: { S: site },
        by: { S: formatHolder(by) },
        ...(ofOverlay ? { ofOverlay: { BOOL: true } } : {}),
        ...(until === null ? {} : { until: { N: String(until) } }),
        expiresAt: { N: String(expiresAt) },
        ttl: { N: String(Math.ceil(expiresAt / 1000)) },
      },
    }),
  );
}

/** What a ticket opens; null: unknown, used or expired. Deleting it is using it, so only one of two gets it. */
export async function takeTicket(
  { client, table }: ConnectionsTable,
  ticket: string,
  now: number,
): Promise<(Ticket & { issuedAt: number }) | null> {
  try {
    const { Attributes: taken } = await client.send(
      new DeleteItemCommand({
        TableName: table,
        Key: keyOf(ticket),
        ConditionExpression: 'attribute_exists(pk)',
        ReturnValues: 'ALL_OLD',
      }),
    );
    const by = parseHolder(taken?.by?.S ?? '');
    const expiresAt = Number(taken?.expiresAt?.N);
    if (!taken?.site?.S || !by || expiresAt <= now) return null;
    const until = taken.until?.N === undefined ? null : Number(taken.until.N);
    return { site: taken.site.S, until, by, ofOverlay: taken.ofOverlay?.BOOL === true, issuedAt: expiresAt - ticketMs };
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return null;
    throw error;
  }
}

function keyOf(ticket: string): Record<string, AttributeValue> {
  return { pk: { S: `ticket|${createHash('sha256').update(ticket).digest('hex')}` }, sk: { S: '-' } };
}
