import { randomBytes } from 'node:crypto';
import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { dynamoSaltStore } from '../../functions/identity/salt-store.dynamo.ts';
import { memorySaltStore } from '../../functions/identity/salt-store.memory.ts';
import { dynamoSecretStore } from '../../functions/identity/secret-store.dynamo.ts';
import { memorySecretStore } from '../../functions/identity/secret-store.memory.ts';
import { testDynamo } from './dynamo.ts';
import { describeIdentityStores } from './salt-store.ts';

const dynamo = testDynamo();
function inDynamo() {
  const sites = { client: dynamo().client, table: dynamo().byPkAndSk };
  return { salts: dynamoSaltStore(sites, randomBytes), secrets: dynamoSecretStore(sites, randomBytes) };
}
function inMemory() {
  return { salts: memorySaltStore(randomBytes), secrets: memorySecretStore(randomBytes) };
}

describeIdentityStores('memory', () => {
  const stores = inMemory();
  return [stores, stores];
});
describeIdentityStores('DynamoDB', () => [inDynamo(), inDynamo()]);

describe('salts in DynamoDB alone', () => {
  const noon = Date.parse('2026-11-23T12:00:00Z');
  const day = 86_400_000;
  async function itemOf(date: string) {
    const { client, byPkAndSk } = dynamo();
    const Key = { pk: { S: `salt|kept|${date}` }, sk: { S: '-' } };
    return (await client.send(new GetItemCommand({ TableName: byPkAndSk, Key }))).Item;
  }

  it('carry the time to live of 48 h after their day', async () => {
    await inDynamo().salts.todaysSalt('kept', 'UTC', noon);
    expect((await itemOf('2026-11-23'))?.ttl?.N).toBe(String(Date.parse('2026-11-26T00:00:00Z') / 1000));
  });

  it('are deleted by whoever makes the salt of the day on which they expire, should that time have passed unused', async () => {
    for (const days of [0, 1, 2]) await inDynamo().salts.todaysSalt('kept', 'UTC', noon + days * day);
    expect(await itemOf('2026-11-23')).toBeDefined();
    await inDynamo().salts.todaysSalt('kept', 'UTC', noon + 3 * day);
    expect(await itemOf('2026-11-23')).toBeUndefined();
    expect(await itemOf('2026-11-24')).toBeDefined();
  });

  it('are deleted when their 48 hours are over though their site has fallen silent, and not before', async () => {
    const zone = 'America/New_York';
    const { salts } = inDynamo();
    await salts.todaysSalt('kept', zone, noon);
    // 23 November ends there at 5:00 UTC on the 24th.
    const over = Date.parse('2026-11-26T05:00:00Z');
    await salts.deleteExpired('kept', zone, over - 1);
    expect(await itemOf('2026-11-23')).toBeDefined();
    await salts.deleteExpired('other', zone, over);
    expect(await itemOf('2026-11-23')).toBeDefined();
    await salts.deleteExpired('kept', zone, over);
    expect(await itemOf('2026-11-23')).toBeUndefined();
  });

  it('are deleted late where nobody has swept for a week', async () => {
    const { salts } = inDynamo();
    await salts.todaysSalt('kept', 'UTC', noon);
    await salts.deleteExpired('kept', 'UTC', noon + 9 * day);
    expect(await itemOf('2026-11-23')).toBeUndefined();
  });
});
