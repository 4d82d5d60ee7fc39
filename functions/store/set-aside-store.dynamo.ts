import { ConditionalCheckFailedException, GetItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { Lane, Position } from '../contract/position.ts';
import type { DynamoTable } from './client.dynamo.ts';
import { type Attributes, bytesOfPosition, positionOfBytes } from './item.dynamo.ts';
import type { SetAside, SetAsideStore } from './set-aside-store.ts';

/** Kept for good: one small item a shard. */
const laneKey = (lane: Lane): Attributes => ({ pk: { S: `lane|${lane}` } });
const decisionKey = (lane: Lane, position: Position): Attributes => ({ pk: { S: `decided|${lane}|${position}` } });
const folded = 'folded';

/** What is set aside, in the table of visitors: an item a lane where anything ever was, and one for each decision. */
export function dynamoSetAsideStore({ client, table }: DynamoTable): SetAsideStore {
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
      return { ticket: Number(item.n?.N), mark: markOf(item) };
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
      const Key = laneKey(lane);
      const { Item = {} } = await client.send(new GetItemCommand({ TableName: table, Key, ConsistentRead: true }));
      if (Item.o === undefined) return markOf(Item);
      const { Attributes: closed = {} } = await client.send(
        new UpdateItemCommand({
          TableName: table,
          Key,
          UpdateExpression: 'REMOVE #open',
          ExpressionAttributeNames: { '#open': 'o' },
          ReturnValues: 'ALL_NEW',
        }),
      );
      return markOf(closed);
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
  };
}

function markOf(item: Attributes): Position | null {
  return item.m?.B ? positionOfBytes(item.m.B) : null;
}
