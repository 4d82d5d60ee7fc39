/**
 * The flag by which ingest knows that a site is watched: one small item a site, so that the question, asked by every instance of
 * ingest each second, is one cheap read.
 */
import {
  type AttributeValue,
  ConditionalCheckFailedException,
  GetItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { everyMsMin, everyMsUnknown, type Watch } from '../contract/watch.ts';
import type { ConnectionsTable } from './tickets.dynamo.ts';

function keyOf(site: string): Record<string, AttributeValue> {
  return { pk: { S: `watch|${site}` }, sk: { S: '-' } };
}

/** Says that the site is watched until `until`, ms since the epoch. */
export async function raiseFlag({ client, table }: ConnectionsTable, site: string, until: number): Promise<void> {
  await client.send(
    new UpdateItemCommand({
      TableName: table,
      Key: keyOf(site),
      UpdateExpression: 'SET #u = :u, #t = :t',
      ExpressionAttributeNames: { '#u': 'until', '#t': 'ttl' },
      ExpressionAttributeValues: { ':u': { N: String(until) }, ':t': { N: String(Math.ceil(until / 1000)) } },
    }),
  );
}

/** When the flag falls by itself, ms since the epoch; 0 where it never stood. Consistent. */
export async function flagUntil({ client, table }: ConnectionsTable, site: string): Promise<number> {
  const { Item } = await client.send(new GetItemCommand({ TableName: table, Key: keyOf(site), ConsistentRead: true }));
  return Number(Item?.until?.N ?? 0);
}

/** Lowers the flag from `before` to `until`, unless somebody has raised it since; a pace does not outlive the last watcher. */
export async function lowerFlag(
  { client, table }: ConnectionsTable,
  site: string,
  before: number,
  until: number,
): Promise<void> {
  try {
    await client.send(
      new UpdateItemCommand({
        TableName: table,
        Key: keyOf(site),
        UpdateExpression: `SET #u = :u${until === 0 ? ' REMOVE #e' : ''}`,
        ConditionExpression: '#u = :before',
        ExpressionAttributeNames: { '#u': 'until', ...(until === 0 && { '#e': 'everyMs' }) },
        ExpressionAttributeValues: { ':u': { N: String(until) }, ':before': { N: String(before) } },
      }),
    );
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
  }
}

export async function readFlag({ client, table }: ConnectionsTable, site: string, now: number): Promise<Watch> {
  const { Item } = await client.send(new GetItemCommand({ TableName: table, Key: keyOf(site) }));
  const watched = Number(Item?.until?.N ?? 0) > now;
  return { watched, everyMs: watched ? Number(Item?.everyMs?.N ?? everyMsUnknown) : everyMsMin };
}

/** Sets the pace where a flag stands; a site that nobody watches needs none. */
export async function paceFlag({ client, table }: ConnectionsTable, site: string, everyMs: number): Promise<void> {
  try {
    await client.send(
      new UpdateItemCommand({
        TableName: table,
        Key: keyOf(site),
        UpdateExpression: 'SET #e = :e',
        ConditionExpression: 'attribute_exists(pk)',
        ExpressionAttributeNames: { '#e': 'everyMs' },
        ExpressionAttributeValues: { ':e': { N: String(everyMs) } },
      }),
    );
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
  }
}
