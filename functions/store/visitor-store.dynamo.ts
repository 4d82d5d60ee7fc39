import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  GetItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { type Lane, type Position, positionBytes } from '../contract/position.ts';
import { batchGet } from './batch-get.dynamo.ts';
import type { DynamoTable } from './client.dynamo.ts';
import { type Attributes, bytesOfPosition, guardAttribute, guardsOf } from './item.dynamo.ts';
import { droppedVersions, newestFirst, type RetiredVersion } from './retired-version.ts';
import { claimEndsSoonSeconds, type LoadClaim, type StoredVisitor, type VisitorStore } from './visitor-store.ts';

/** States of the first epoch are named without it, as they were before there were others. */
const firstEpoch = '1';
export const loadKey = (site: string, load: string) => `load|${site}|${load}`;

/**
 * Visitor states and load claims in DynamoDB. States, and what is kept of retired loads, belong to an epoch: a rebuild makes its
 * own. Who owns a load is the same in all of them.
 */
export function dynamoVisitorStore({ client, table }: DynamoTable, epoch: string): VisitorStore {
  const stateKey = (site: string, visitor: string) =>
    epoch === firstEpoch ? `state|${site}|${visitor}` : `state|${epoch}|${site}|${visitor}`;
  const prefix = epoch === firstEpoch ? 'r_' : `r${epoch}_`;
  const remove = async (pk: string) => {
    await client.send(new DeleteItemCommand({ TableName: table, Key: { pk: { S: pk } } }));
  };
  return {
    async load(site, visitors, nowSeconds) {
      const wanted = new Map(visitors.map((visitor) => [stateKey(site, visitor), visitor]));
      const items = await batchGet(
        { client, table },
        [...wanted.keys()].map((pk) => ({ pk: { S: pk } })),
      );
      const found = new Map<string, StoredVisitor>();
      const expired: Attributes[] = [];
      for (const item of items) {
        const visitor = wanted.get(item.pk?.S ?? '');
        if (visitor === undefined) continue;
        if (Number(item.ttl?.N) > nowSeconds) found.set(visitor, { state: item.s?.S ?? '', guards: guardsOf(item) });
        else expired.push(item);
      }
      // TTL has not struck yet. Left standing, the old guards would refuse the state that begins now.
      await Promise.all(expired.map((item) => deleteUnchanged({ client, table }, item)));
      return found;
    },

    async save(site, visitor, { lane, guardBefore, position, state, expiresAt }) {
      const update = new UpdateItemCommand({
        TableName: table,
        Key: { pk: { S: stateKey(site, visitor) } },
        UpdateExpression: 'SET #g = :g, #s = :s, #t = :t',
        ConditionExpression: guardBefore === null ? 'attribute_not_exists(#g)' : '#g = :before',
        ExpressionAttributeNames: { '#g': guardAttribute(lane), '#s': 's', '#t': 'ttl' },
        ExpressionAttributeValues: {
          ':g': { B: bytesOfPosition(position) },
          ':s': { S: state },
          ':t': { N: String(expiresAt) },
          ...(guardBefore !== null && { ':before': { B: bytesOfPosition(guardBefore) } }),
        },
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      });
      try {
        await client.send(update);
        return 'saved';
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
        const guard = guardsOf(error.Item ?? {})[lane];
        if (guard !== undefined && guard >= position) return 'superseded';
        throw new Error(
          `state of ${visitor} at ${site}: guard is ${guard ?? null}, not ${guardBefore}: lane ${lane} ran twice`,
        );
      }
    },

    async claimLoad(site, load, visitor, expiresAt) {
      const update = new UpdateItemCommand({
        TableName: table,
        Key: { pk: { S: loadKey(site, load) } },
        UpdateExpression: 'SET #v = :v, #t = :t',
        ConditionExpression: 'attribute_not_exists(#v) OR (#v = :v AND #t < :soon)',
        ExpressionAttributeNames: { '#v': 'v', '#t': 'ttl' },
        ExpressionAttributeValues: {
          ':v': { S: visitor },
          ':t': { N: String(expiresAt) },
          ':soon': { N: String(expiresAt - claimEndsSoonSeconds) },
        },
        ReturnValues: 'ALL_NEW',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      });
      try {
        const { Attributes: claimed = {} } = await client.send(update);
        return claimOf(claimed, visitor, prefix);
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
        return claimOf(error.Item ?? {}, visitor, prefix);
      }
    },

    async retireLoad(site, load, version, guards, expiresAt) {
      const item = { TableName: table, Key: { pk: { S: loadKey(site, load) } } };
      const { Attributes: kept = {} } = await client.send(
        new UpdateItemCommand({
          ...item,
          UpdateExpression: 'SET #r = :r, #t = :t',
          ExpressionAttributeNames: { '#r': retiredAttribute(prefix, version), '#t': 'ttl' },
          ExpressionAttributeValues: { ':r': { S: version.text }, ':t': { N: String(expiresAt) } },
          ReturnValues: 'ALL_NEW',
        }),
      );
      const dropped = droppedVersions(versionsOf(kept, prefix), guards);
      if (dropped.length === 0) return;
      const names = Object.fromEntries(dropped.map((one, index) => [`#${index}`, retiredAttribute(prefix, one)]));
      await client.send(
        new UpdateItemCommand({
          ...item,
          UpdateExpression: `REMOVE ${Object.keys(names).join(', ')}`,
          ExpressionAttributeNames: names,
        }),
      );
    },

    async ownerOf(site, load) {
      const key = { pk: { S: loadKey(site, load) } };
      const { Item } = await client.send(new GetItemCommand({ TableName: table, Key: key, ConsistentRead: true }));
      return Item?.v?.S ?? null;
    },
    forget: (site, visitor) => remove(stateKey(site, visitor)),
    forgetLoad: (site, load) => remove(loadKey(site, load)),
  };
}

function claimOf(item: Attributes, claimant: string, prefix: string): LoadClaim {
  return { visitor: item.v?.S ?? claimant, retired: versionsOf(item, prefix) };
}

/** Each version stands under a name of its own, so that none is written over. Inverse: `versionsOf`. */
function retiredAttribute(prefix: string, { lane, position }: RetiredVersion): string {
  return `${prefix}${lane}_${position}`;
}
function versionsOf(item: Attributes, prefix: string): RetiredVersion[] {
  const versions: RetiredVersion[] = [];
  for (const [name, { S: text }] of Object.entries(item)) {
    if (text === undefined || !name.startsWith(prefix)) continue;
    const end = name.length - positionBytes * 2;
    versions.push({ lane: name.slice(prefix.length, end - 1) as Lane, position: name.slice(end) as Position, text });
  }
  return newestFirst(versions);
}

/** Deletes an expired item unless it has been written since it was read: then it lives, and the save will tell. */
async function deleteUnchanged({ client, table }: DynamoTable, item: Attributes): Promise<void> {
  const { pk, ttl } = item;
  if (!pk) return;
  try {
    await client.send(
      new DeleteItemCommand({
        TableName: table,
        Key: { pk },
        ConditionExpression: ttl ? '#t = :t' : 'attribute_not_exists(#t)',
        ExpressionAttributeNames: { '#t': 'ttl' },
        ...(ttl && { ExpressionAttributeValues: { ':t': ttl } }),
      }),
    );
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
  }
}
