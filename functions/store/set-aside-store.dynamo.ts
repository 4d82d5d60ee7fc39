import { ConditionalCheckFailedException, GetItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { keyText } from '../contract/counter.ts';
import type { Lane, Position } from '../contract/position.ts';
import type { DynamoTable } from './client.dynamo.ts';
import { type Attributes, bytesOfPosition, positionOfBytes } from './item.dynamo.ts';
import { type Closing, closedItemsMax, type LaneNotes, type SetAside, type SetAsideStore } from './set-aside-store.ts';

/** Kept for good: one small item a shard. */
const laneKey = (lane: Lane): Attributes => ({ pk: { S: `lane|${lane}` } });
const decisionKey = (lane: Lane, position: Position): Attributes => ({ pk: { S: `decided|${lane}|${position}` } });
const folded = 'folded';

/** What is set aside, in the table of visitors: an item a lane where anything ever was, and one for each decision. */
export function dynamoSetAsideStore({ client, table }: DynamoTable): SetAsideStore {
  async function read(lane: Lane): Promise<Attributes> {
    const { Item = {} } = await client.send(
      new GetItemCommand({ TableName: table, Key: laneKey(lane), ConsistentRead: true }),
    );
    return Item;
  }

  return {
    async begin(lane) {
      const { Attributes: item = {} } = await client.send(
        new UpdateItemCommand({
          TableName: table,
          Key: laneKey(lane),
          UpdateExpression: 'SET #open = :one ADD #ticket :one',
          ExpressionAttributeNames: { '#open': 'o', '#ticket': 'n' },
          ExpressionAttributeValues: { ':one': { N: '1' } },
          ReturnValues: 'ALL_NEW',
        }),
      );
      return { ticket: Number(item.n?.N), ...notesOf(item) };
    },

    async raise(lane, ticket, mark) {
      try {
        await client.send(
          new UpdateItemCommand({
            TableName: table,
            Key: laneKey(lane),
            UpdateExpression: 'SET #mark = :mark REMOVE #open',
            ConditionExpression: '#open = :one AND #ticket = :ticket',
            ExpressionAttributeNames: { '#open': 'o', '#ticket': 'n', '#mark': 'm' },
            ExpressionAttributeValues: {
              ':one': { N: '1' },
              ':ticket': { N: String(ticket) },
              ':mark': { B: bytesOfPosition(mark) },
            },
          }),
        );
        return true;
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return false;
        throw error;
      }
    },

    async mayFold(lane) {
      const item = await read(lane);
      if (item.o === undefined) return notesOf(item);
      const { Attributes: closed = {} } = await client.send(
        new UpdateItemCommand({
          TableName: table,
          Key: laneKey(lane),
          UpdateExpression: 'REMOVE #open',
          ExpressionAttributeNames: { '#open': 'o' },
          ReturnValues: 'ALL_NEW',
        }),
      );
      return notesOf(closed);
    },

    async decide(lane, position, decision, expiresAt) {
      const text = decision ? JSON.stringify(decision) : folded;
      try {
        await client.send(
          new UpdateItemCommand({
            TableName: table,
            Key: decisionKey(lane, position),
            UpdateExpression: 'SET #d = :d, #t = :t',
            ConditionExpression: 'attribute_not_exists(#d)',
            ExpressionAttributeNames: { '#d': 'd', '#t': 'ttl' },
            ExpressionAttributeValues: { ':d': { S: text }, ':t': { N: String(expiresAt) } },
            ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
          }),
        );
        return decision;
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
        const stands = error.Item?.d?.S ?? folded;
        return stands === folded ? null : (JSON.parse(stands) as SetAside);
      }
    },

    async close(lane, item, closing, nowSeconds) {
      const { closed } = notesOf(await read(lane));
      const expired = [...closed].filter(([, { expiresAt }]) => expiresAt <= nowSeconds).map(([name]) => name);
      if (closed.size - expired.length >= closedItemsMax && !closed.has(keyText(item))) {
        throw new Error(`lane ${lane} cannot write ${closed.size - expired.length + 1} items`);
      }
      const gone = Object.fromEntries(
        expired.filter((name) => name !== keyText(item)).map((name, index) => [`#${index}`, closedAttribute(name)]),
      );
      const remove = Object.keys(gone);
      await client.send(
        new UpdateItemCommand({
          TableName: table,
          Key: laneKey(lane),
          UpdateExpression: `SET #x = if_not_exists(#x, :x)${remove.length > 0 ? ` REMOVE ${remove.join(', ')}` : ''}`,
          ExpressionAttributeNames: { '#x': closedAttribute(keyText(item)), ...gone },
          ExpressionAttributeValues: { ':x': { S: JSON.stringify(closing) } },
        }),
      );
    },
  };
}

const closedAttribute = (name: string) => `x_${name}`;

function notesOf(item: Attributes): LaneNotes {
  const closed = new Map<string, Closing>();
  for (const [name, { S: text }] of Object.entries(item)) {
    if (text !== undefined && name.startsWith('x_')) closed.set(name.slice(2), JSON.parse(text) as Closing);
  }
  return { mark: item.m?.B ? positionOfBytes(item.m.B) : null, closed };
}
