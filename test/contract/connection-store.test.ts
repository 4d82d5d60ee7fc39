import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { dynamoConnectionStore } from '../../functions/push/connection-store.dynamo.ts';
import { memoryConnectionStore } from '../../functions/push/connection-store.memory.ts';
import { describeConnectionStore } from './connection-store.ts';
import { testDynamo } from './dynamo.ts';

const dynamo = testDynamo();
const by = { kind: 'key', id: 'k' } as const;
let tickets = 0;
const makeDynamo = () =>
  dynamoConnectionStore({ client: dynamo().client, table: dynamo().byPkAndSk, newTicket: () => `secret-${++tickets}` });

describeConnectionStore('memory', memoryConnectionStore);
describeConnectionStore('DynamoDB', makeDynamo);

describe('connections in DynamoDB alone', () => {
  it('keep no ticket that could be read out and used', async () => {
    const ticket = await makeDynamo().issueTicket({ site: 'shop', until: null, by, ofOverlay: false }, 0);
    const { Items } = await dynamo().client.send(new ScanCommand({ TableName: dynamo().byPkAndSk }));
    expect(JSON.stringify(Items)).not.toContain(ticket);
  });

  it('leave the flag standing when a watch begins while the last watcher goes', async () => {
    const { client } = dynamo();
    const store = makeDynamo();
    await store.connect({ id: 'leaving', site: 'race', topics: ['live'], by }, 1000);
    client.middlewareStack.add(
      (next, context) => async (args) => {
        const answer = await next(args);
        // After the others were read, before the flag is lowered.
        if (context.commandName === 'QueryCommand')
          await store.connect({ id: 'new', site: 'race', topics: ['live'], by }, 2000);
        return answer;
      },
      { step: 'initialize', name: 'watchBetween' },
    );
    try {
      await store.disconnect('leaving');
    } finally {
      client.middlewareStack.remove('watchBetween');
    }
    expect((await store.watchOf('race', 3000)).watched).toBe(true);
  });

  it('stay gone when a watch comes after a disconnect has begun', async () => {
    const { client } = dynamo();
    const store = makeDynamo();
    await store.connect({ id: 'going', site: 'gone', topics: [], by }, 1000);
    let reads = 0;
    client.middlewareStack.add(
      (next, context) => async (args) => {
        const answer = await next(args);
        if (context.commandName === 'GetItemCommand' && ++reads === 1) await store.disconnect('going');
        return answer;
      },
      { step: 'initialize', name: 'disconnectBetween' },
    );
    try {
      expect(await store.watch('going', ['live'], 2000)).toBeNull();
    } finally {
      client.middlewareStack.remove('disconnectBetween');
    }
    expect(await store.watchers('gone', 2000)).toEqual([]);
    expect((await store.watchOf('gone', 2000)).watched).toBe(false);
  });
});
