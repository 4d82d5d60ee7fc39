import { describe, expect, it } from 'vitest';
import { type Lane, positionOf } from '../../functions/contract/position.ts';
import { dynamoVisitorStore } from '../../functions/store/visitor-store.dynamo.ts';
import { memoryVisitorStore } from '../../functions/store/visitor-store.memory.ts';
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
