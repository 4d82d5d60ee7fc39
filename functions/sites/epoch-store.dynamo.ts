import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { Position } from '../contract/position.ts';
import type { EpochStore } from './epoch-store.ts';

type Attributes = Record<string, AttributeValue>;

const pointerKey = { pk: { S: 'epoch|current' }, sk: { S: '-' } };
const buildKey = { pk: { S: 'epoch|build' }, sk: { S: '-' } };
const holderKey = { pk: { S: 'epoch|holder' }, sk: { S: '-' } };
const laneKey = (epoch: string, lane: string) => ({ pk: { S: `epoch|${epoch}` }, sk: { S: lane } });

/** Epochs in the sites table: `epoch|current`, `epoch|build`, `epoch|holder`, and `epoch|<epoch>` with one item a lane. */
export function dynamoEpochStore({ client, table }: { client: DynamoDBClient; table: string }): EpochStore {
  const read = async (key: Attributes) =>
    (await client.send(new GetItemCommand({ TableName: table, Key: key, ConsistentRead: true }))).Item;

  /** Sets attributes by name. Null: done; else the item for which the condition did not hold. */
  async function set(key: Attributes, values: Attributes, condition?: Condition): Promise<Attributes | null> {
    const names = Object.keys(values);
    try {
      await client.send(
        new UpdateItemCommand({
          TableName: table,
          Key: key,
          UpdateExpression: `SET ${names.map((name) => `#${name} = :${name}`).join(', ')}`,
          ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
          ExpressionAttributeValues: {
            ...Object.fromEntries(names.map((name) => [`:${name}`, values[name] as AttributeValue])),
            ...condition?.values,
          },
          ...(condition && {
            ConditionExpression: condition.text,
            ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
          }),
        }),
      );
      return null;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return error.Item ?? {};
      throw error;
    }
  }

  return {
    async pointer() {
      const item = await read(pointerKey);
      if (!item) return null;
      return {
        epoch: item.epoch?.S ?? '',
        handover: item.handover?.BOOL ?? false,
        movedAt: Number(item.movedAt?.N ?? 0),
      };
    },
    async switchTo(from, to, now) {
      const values = { epoch: { S: to }, handover: { BOOL: true }, movedAt: { N: String(now) } };
      const stands = { text: 'attribute_not_exists(#epoch) OR #epoch = :from', values: { ':from': { S: from } } };
      return (await set(pointerKey, values, stands)) === null;
    },
    async settle(epoch) {
      await set(
        pointerKey,
        { epoch: { S: epoch }, handover: { BOOL: false } },
        { text: '#epoch = :epoch', values: {} },
      );
    },

    async built(epoch, lane) {
      return ((await read(laneKey(epoch, lane)))?.built?.S as Position | undefined) ?? null;
    },
    async setBuilt(epoch, lane, position) {
      await set(laneKey(epoch, lane), { built: { S: position } });
    },

    async build() {
      const item = await read(buildKey);
      return item ? { epoch: item.epoch?.S ?? '', from: item.begun?.S ?? '' } : null;
    },
    async beginBuild({ epoch, from }, before) {
      const condition =
        before === null
          ? { text: 'attribute_not_exists(#epoch)', values: {} }
          : { text: '#epoch = :before', values: { ':before': { S: before } } };
      return (await set(buildKey, { epoch: { S: epoch }, begun: { S: from } }, condition)) === null;
    },

    async hold(holder, now, until) {
      const free = {
        text: 'attribute_not_exists(#holder) OR #holder = :holder OR #until <= :now',
        values: { ':now': { N: String(now) } },
      };
      const other = await set(holderKey, { holder: { S: holder }, until: { N: String(until) } }, free);
      return other && Number(other.until?.N ?? 0);
    },
  };
}

interface Condition {
  text: string;
  values: Attributes;
}
