import { setTimeout as delay } from 'node:timers/promises';
import { BatchGetItemCommand } from '@aws-sdk/client-dynamodb';
import type { DynamoTable } from './client.dynamo.ts';
import type { Attributes } from './item.dynamo.ts';

/** DynamoDB's bound of one BatchGetItem. */
const keysPerCallMax = 100;
/** Calls that bring nothing before it is given up: 25 ms doubling makes about 6 s in all. */
const emptyCallsMax = 8;
const firstDelayMs = 25;

/**
 * The items that exist among `keys` (each key once), in no order, read consistently. What a call leaves unprocessed (more than
 * 16 MB, or throttled) is asked for again.
 * @throws when DynamoDB keeps leaving all of it unprocessed.
 */
export async function batchGet(from: DynamoTable, keys: Attributes[]): Promise<Attributes[]> {
  const calls: Promise<Attributes[]>[] = [];
  for (let start = 0; start < keys.length; start += keysPerCallMax) {
    calls.push(getSome(from, keys.slice(start, start + keysPerCallMax)));
  }
  return (await Promise.all(calls)).flat();
}

async function getSome({ client, table }: DynamoTable, keys: Attributes[]): Promise<Attributes[]> {
  const items: Attributes[] = [];
  let wanted = keys;
  for (let empty = 0; wanted.length > 0; ) {
    const answer = await client.send(
      new BatchGetItemCommand({ RequestItems: { [table]: { Keys: wanted, ConsistentRead: true } } }),
    );
    items.push(...(answer.Responses?.[table] ?? []));
    const left = answer.UnprocessedKeys?.[table]?.Keys ?? [];
    empty = left.length < wanted.length ? 0 : empty + 1;
    if (empty >= emptyCallsMax) throw new Error(`${left.length} items of ${table} stayed unprocessed: throttled`);
    wanted = left;
    if (wanted.length > 0) await delay(firstDelayMs * 2 ** empty);
  }
  return items;
}
