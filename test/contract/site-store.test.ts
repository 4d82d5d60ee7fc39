import { type DynamoDBClient, GetItemCommand, type PutItemCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it, vi } from 'vitest';
import { dynamoSiteStore } from '../../functions/sites/site-store.dynamo.ts';
import { memorySiteStore } from '../../functions/sites/site-store.memory.ts';
import { siteFixture } from '../unit/ingest/batch-fixture.ts';
import { testDynamo } from './dynamo.ts';
import { describeSiteStore } from './site-store.ts';

const dynamo = testDynamo();
const makeDynamo = () => dynamoSiteStore({ client: dynamo().client, table: dynamo().byPkAndSk });

describeSiteStore('memory', memorySiteStore);
describeSiteStore('DynamoDB', makeDynamo);

describe('sites in DynamoDB alone', () => {
  it('stand under the keys that other parts of the project rely on', async () => {
    const { client, byPkAndSk } = dynamo();
    const store = makeDynamo();
    await store.save(siteFixture({ site: 'keys' }));
    await store.addWriteKey('keys', 'write-me');
    const keys = [
      ['site|keys', 'current'],
      ['site|keys', 'v000001'],
      ['write-key|write-me', '-'],
    ];
    for (const [pk = '', sk = ''] of keys) {
      const Key = { pk: { S: pk }, sk: { S: sk } };
      expect((await client.send(new GetItemCommand({ TableName: byPkAndSk, Key }))).Item).toBeDefined();
    }
  });

  it('stay at the newest version when an earlier save comes to its end later', async () => {
    const { client, byPkAndSk } = dynamo();
    let letGo = () => {};
    const held = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    let isWaiting = false;
    // A client that takes its time over `current`.
    const send = async (command: PutItemCommand) => {
      if (command.input.Item?.sk?.S === 'current') {
        isWaiting = true;
        await held;
      }
      return client.send(command);
    };
    const slow = dynamoSiteStore({ client: { send } as unknown as DynamoDBClient, table: byPkAndSk });
    const store = makeDynamo();
    await store.save(siteFixture({ site: 'race' }));
    const earlier = slow.save(siteFixture({ site: 'race', name: 'earlier' }));
    await vi.waitUntil(() => isWaiting);
    await store.save(siteFixture({ site: 'race', name: 'later' }));
    letGo();
    expect((await earlier).version).toBe(2);
    expect(await store.current('race')).toMatchObject({ version: 3, name: 'later' });
  });
});
