import { GetItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
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

  it('never hold an API key itself', async () => {
    const { client, byPkAndSk } = dynamo();
    await makeDynamo().addApiKey('keys', 'sitepulse_not-to-be-found');
    const { Items } = await client.send(new ScanCommand({ TableName: byPkAndSk }));
    expect(Items?.length).toBeGreaterThan(0);
    expect(JSON.stringify(Items)).not.toContain('not-to-be-found');
  });
});
