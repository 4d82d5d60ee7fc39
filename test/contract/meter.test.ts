import { GetItemCommand, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { beforeAll, expect, it } from 'vitest';
import { type Consumption, meter } from '../../functions/store/meter.dynamo.ts';
import { testDynamo } from './dynamo.ts';

const dynamo = testDynamo();
let consumed: () => Consumption;
beforeAll(() => {
  consumed = meter(dynamo().client);
});

it('adds up what a client’s calls consume, writes and reads apart, and begins anew each time it is asked', async () => {
  const { client, byPkAndSk: TableName } = dynamo();
  const Key = { pk: { S: 'metered' }, sk: { S: '-' } };
  await client.send(new PutItemCommand({ TableName, Item: { ...Key, text: { S: 'x'.repeat(2_500) } } }));
  expect(consumed()).toEqual({ writeUnits: 3, readUnits: 0, throttles: 0 });
  await client.send(new GetItemCommand({ TableName, Key, ConsistentRead: true }));
  await client.send(
    new QueryCommand({
      TableName,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': { S: 'metered' } },
      ConsistentRead: true,
    }),
  );
  expect(consumed()).toEqual({ writeUnits: 0, readUnits: 2, throttles: 0 });
});

it('counts attempts that were throttled, also where a retry made them good', async () => {
  const { client, byPkAndSk: TableName } = dynamo();
  let left = 2;
  client.middlewareStack.add(
    (next) => async (args) => {
      if (left-- > 0) throw Object.assign(new Error('slow down'), { name: 'ThrottlingException' });
      return next(args);
    },
    { step: 'deserialize', priority: 'low', name: 'throttling' },
  );
  await client.send(new GetItemCommand({ TableName, Key: { pk: { S: 'metered' }, sk: { S: '-' } } }));
  client.middlewareStack.remove('throttling');
  expect(consumed()).toMatchObject({ throttles: 2 });
});
