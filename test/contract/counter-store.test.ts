import {
  type AttributeValue,
  DeleteItemCommand,
  DescribeTableCommand,
  GetItemCommand,
  PutItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { describe, expect, it, vi } from 'vitest';
import { type Lane, positionBytes, positionOf } from '../../functions/contract/position.ts';
import { dynamoCounterStore } from '../../functions/store/counter-store.dynamo.ts';
import { memoryCounterStore } from '../../functions/store/counter-store.memory.ts';
import type { RecordIncrement } from '../../functions/store/counter-store.ts';
import { UnwritableError } from '../../functions/store/unwritable-error.ts';
import { describeCounterStore } from './counter-store.ts';
import { type TestDynamo, testDynamo } from './dynamo.ts';

const dynamo = testDynamo();
const makeDynamo = () => dynamoCounterStore({ client: dynamo().client, table: dynamo().byPkAndSk });

describeCounterStore('memory', memoryCounterStore, 200);
describeCounterStore('DynamoDB', makeDynamo, 20);

const lane = '0_0' as Lane;
const at = (index: number) => positionOf(`4959033827149025660855969253836157109592157598913655${1000 + index}`);
const one = (sk: string, index: number) => ({
  key: { pk: '1|site|hour|dynamo', sk },
  first: at(index),
  last: at(index),
  parts: [{ position: at(index), counters: { pv: 1 }, texts: {} }],
  expiresAt: 1_800_000_000,
});
const keyOf = (sk: string) => ({ pk: { S: '1|site|hour|dynamo' }, sk: { S: sk } });

describe('counters in DynamoDB alone', () => {
  it('(8) spend on a guard its fixed width and a short name, and carry the time to live in seconds', async () => {
    const { client, byPkAndSk } = dynamo();
    await makeDynamo().add(lane, one('cost', 1));
    const { Item } = await client.send(new GetItemCommand({ TableName: byPkAndSk, Key: keyOf('cost') }));
    expect(Object.keys(Item ?? {}).sort()).toEqual(['g_0_0', 'pk', 'pv', 'sk', 'ttl']);
    expect(Item?.g_0_0?.B).toHaveLength(positionBytes);
    expect(Item?.ttl).toEqual({ N: '1800000000' });
  });

  it('count once when the answer to a write is lost and the SDK writes again', async () => {
    const { client } = dynamo();
    let lost = 0;
    client.middlewareStack.add(
      (next) => async (args) => {
        const answer = await next(args);
        if (lost++ === 0) throw Object.assign(new Error('socket hang up'), { code: 'ECONNRESET', $retryable: {} });
        return answer;
      },
      { step: 'finalizeRequest', priority: 'low', name: 'loseAnswer' },
    );
    try {
      // The second write finds the guard where the first one put it.
      const { outcome, totals } = await makeDynamo().add(lane, one('lost', 1));
      expect(outcome).toBe('repeated');
      expect(totals.counters).toEqual({ pv: 1 });
    } finally {
      client.middlewareStack.remove('loseAnswer');
    }
  });

  it('count anew when the item expires between two tries of one add', async () => {
    const { client, byPkAndSk } = dynamo();
    const store = makeDynamo();
    await store.add(lane, one('expiring', 2));
    let updates = 0;
    client.middlewareStack.add(
      (next, context) => async (args) => {
        // Before the second try, which expects the guard that the first one met.
        if (context.commandName === 'UpdateItemCommand' && ++updates === 2) {
          await client.send(new DeleteItemCommand({ TableName: byPkAndSk, Key: keyOf('expiring') }));
        }
        return next(args);
      },
      { step: 'initialize', name: 'expire' },
    );
    try {
      const longer = { ...one('expiring', 2), last: at(3), parts: [...one('', 2).parts, ...one('', 3).parts] };
      expect((await store.add(lane, longer)).totals.counters).toEqual({ pv: 2 });
      expect(updates).toBe(3);
    } finally {
      client.middlewareStack.remove('expire');
    }
  });

  it('ask again for the keys that a batch leaves unprocessed', async () => {
    const { client, byPkAndSk } = dynamo();
    const store = makeDynamo();
    for (const sk of ['u1', 'u2', 'u3']) await store.add(lane, one(sk, 1));
    let calls = 0;
    client.middlewareStack.add(
      (next) => async (args) => {
        const result = await next(args);
        const output = result.output as { Responses?: Record<string, unknown[]>; UnprocessedKeys?: unknown };
        const items = output.Responses?.[byPkAndSk];
        if (items && items.length > 1) {
          calls++;
          const left = items.splice(1) as Record<string, unknown>[];
          output.UnprocessedKeys = { [byPkAndSk]: { Keys: left.map(({ pk, sk }) => ({ pk, sk })) } };
        }
        return result;
      },
      { step: 'initialize', name: 'leave' },
    );
    try {
      const found = await store.items(['u1', 'u2', 'u3'].map((sk) => ({ pk: '1|site|hour|dynamo', sk })));
      expect(found.map(({ key }) => key.sk).sort()).toEqual(['u1', 'u2', 'u3']);
      expect(calls).toBe(2);
    } finally {
      client.middlewareStack.remove('leave');
    }
  });

  it('warn once of an item over its bound, and still count', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    const store = makeDynamo();
    const large = (index: number) => ({
      ...one('large', index),
      parts: [{ position: at(index), counters: { pv: 1 }, texts: { t: 'x'.repeat(5000) } }],
    });
    await store.add(lane, large(1));
    await store.add(lane, large(2));
    expect(warn.mock.calls.map(([line]) => JSON.parse(line))).toMatchObject([{ sk: 'large', writeUnits: 5 }]);
    warn.mockRestore();
  });

  const refusedForGood: [string, Record<string, AttributeValue>, Partial<RecordIncrement>][] = [
    ['a counter whose name has a text', { pv: { S: 'seven' } }, {}],
    ['an item over 400 KB', { '=t': { S: 'x'.repeat(409_000) } }, { texts: { u: 'y'.repeat(1_000) } }],
  ];
  it.each(refusedForGood)('know that %s can never be written', async (what, attributes, more) => {
    const { client, byPkAndSk } = dynamo();
    const item = { ...keyOf(what), ...attributes };
    await client.send(new PutItemCommand({ TableName: byPkAndSk, Item: item }));
    const run = one(what, 1);
    const parts = [{ position: at(1), counters: { pv: 1 }, texts: {}, ...more }];
    await expect(makeDynamo().add(lane, { ...run, parts })).rejects.toBeInstanceOf(UnwritableError);
    const { Item } = await client.send(new GetItemCommand({ TableName: byPkAndSk, Key: keyOf(what) }));
    expect(Item).toEqual(item);
  });

  it('throw what DynamoDB refuses for now as it is', async () => {
    const store = dynamoCounterStore({ client: dynamo().client, table: 'no-such-table' });
    await expect(store.add(lane, one('a', 1))).rejects.toThrow(/not found/);
    for (const name of [
      'ThrottlingException',
      'ProvisionedThroughputExceededException',
      'InternalServerError',
      'TimeoutError',
    ]) {
      const failing = { send: () => Promise.reject(Object.assign(new Error('not now'), { name })) };
      const away = dynamoCounterStore({ client: failing as unknown as TestDynamo['client'], table: 't' });
      const adding = away.add(lane, one('a', 1));
      await expect(adding).rejects.toThrow('not now');
      await expect(adding).rejects.not.toBeInstanceOf(UnwritableError);
    }
  });
});

/** Where dynalite and AWS's documentation differ, the documentation wins, and the code does not lean on dynalite. */
describe('dynalite beside the documentation', () => {
  const update = (adds: number, name: string) => {
    const index = Array.from({ length: adds }, (_, number) => number);
    return new UpdateItemCommand({
      TableName: dynamo().byPkAndSk,
      Key: keyOf(name),
      UpdateExpression: `ADD ${index.map((number) => `#a${number} :one`).join(', ')}`,
      ExpressionAttributeNames: Object.fromEntries(index.map((number) => [`#a${number}`, `c${number}`])),
      ExpressionAttributeValues: { ':one': { N: '1' } },
    });
  };

  it('takes expressions over 4 KB and 300 operators, which AWS refuses (ServiceQuotas, "Expression parameters")', async () => {
    await expect(dynamo().client.send(update(500, 'operators'))).resolves.toBeDefined();
  });

  it('returns the old item of a failed condition, as AWS does (API_UpdateItem), by our own addition', async () => {
    const { client, byPkAndSk } = dynamo();
    await makeDynamo().add(lane, one('old', 1));
    const failing = new DeleteItemCommand({
      TableName: byPkAndSk,
      Key: keyOf('old'),
      ConditionExpression: 'attribute_not_exists(pk)',
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    });
    await expect(client.send(failing)).rejects.toMatchObject({ Item: { pv: { N: '1' } } });
  });

  it('reads its own writes even where AWS may not (HowItWorks.ReadConsistency): consistent reads are asked for by name', async () => {
    const { client, byPkAndSk } = dynamo();
    const asked: unknown[] = [];
    client.middlewareStack.add(
      (next) => async (args) => {
        const input = args.input as {
          ConsistentRead?: boolean;
          RequestItems?: Record<string, { ConsistentRead?: boolean }>;
        };
        asked.push(input.ConsistentRead ?? input.RequestItems?.[byPkAndSk]?.ConsistentRead);
        return next(args);
      },
      { step: 'initialize', name: 'ask' },
    );
    try {
      await makeDynamo().partition('1|site|hour|dynamo');
      await makeDynamo().items([{ pk: 'a', sk: 'b' }]);
      expect(asked).toEqual([true, true]);
    } finally {
      client.middlewareStack.remove('ask');
    }
  });

  it('has the tables that the suites need', async () => {
    const { client, byPk } = dynamo();
    const { Table } = await client.send(new DescribeTableCommand({ TableName: byPk }));
    expect(Table?.KeySchema).toEqual([{ AttributeName: 'pk', KeyType: 'HASH' }]);
  });
});
