import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { type Lane, positionOf } from '../../functions/contract/position.ts';
import { dynamoVisitorStore, loadKey } from '../../functions/store/visitor-store.dynamo.ts';
import { memoryVisitorStore } from '../../functions/store/visitor-store.memory.ts';
import { claimEndsSoonSeconds } from '../../functions/store/visitor-store.ts';
import { testDynamo } from './dynamo.ts';
import { describeVisitorStore } from './visitor-store.ts';

const dynamo = testDynamo();
const makeDynamo = () => dynamoVisitorStore({ client: dynamo().client, table: dynamo().byPk }, '1');

describeVisitorStore('memory', memoryVisitorStore);
describeVisitorStore('DynamoDB', makeDynamo);

describe('visitor states in DynamoDB alone', () => {
  it('spare an expired state that is saved anew while it is being deleted', async () => {
    const { client } = dynamo();
    const store = makeDynamo();
    const change = { lane: '0_0' as Lane, state: 'old', expiresAt: 100 };
    await store.save('race', 'ada', { ...change, guardBefore: null, position: positionOf('1') });
    client.middlewareStack.add(
      (next, context) => async (args) => {
        if (context.commandName === 'DeleteItemCommand') {
          const renewed = { guardBefore: positionOf('1'), position: positionOf('2'), state: 'new', expiresAt: 900 };
          await store.save('race', 'ada', { ...change, ...renewed });
        }
        return next(args);
      },
      { step: 'initialize', name: 'renew' },
    );
    try {
      expect((await store.load('race', ['ada'], 500)).size).toBe(0);
    } finally {
      client.middlewareStack.remove('renew');
    }
    expect((await store.load('race', ['ada'], 500)).get('ada')?.state).toBe('new');
  });
});

describe('load claims in DynamoDB alone', () => {
  const endOf = async (load: string): Promise<number> => {
    const { client, byPk } = dynamo();
    const Key = { pk: { S: loadKey('lasting', load) } };
    const { Item } = await client.send(new GetItemCommand({ TableName: byPk, Key, ConsistentRead: true }));
    return Number(Item?.ttl?.N);
  };

  it('last longer when their owner asks again, and nobody else, and not for less than a day', async () => {
    const store = makeDynamo();
    await store.claimLoad('lasting', 'load', 'ada', 1_000_000);
    await store.claimLoad('lasting', 'load', 'ada', 1_000_000 + claimEndsSoonSeconds);
    expect(await endOf('load')).toBe(1_000_000);
    await store.claimLoad('lasting', 'load', 'bob', 9_000_000);
    expect(await endOf('load')).toBe(1_000_000);
    await store.claimLoad('lasting', 'load', 'ada', 1_000_001 + claimEndsSoonSeconds);
    expect(await endOf('load')).toBe(1_000_001 + claimEndsSoonSeconds);
    await store.claimLoad('lasting', 'load', 'ada', 1_000_000);
    expect(await endOf('load')).toBe(1_000_001 + claimEndsSoonSeconds);
  });

  it('keep what was retired with them when they are renewed', async () => {
    const store = makeDynamo();
    await store.claimLoad('lasting', 'kept', 'ada', 1_000_000);
    const version = { lane: '0_0' as Lane, position: positionOf('3'), text: 'as of 3' };
    await store.retireLoad('lasting', 'kept', version, {}, 1_000_000);
    expect(await store.claimLoad('lasting', 'kept', 'ada', 9_000_000)).toEqual({ visitor: 'ada', retired: [version] });
  });
});
