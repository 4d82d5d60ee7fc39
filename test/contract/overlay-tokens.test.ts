import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { dynamoOverlayTokens } from '../../functions/query/overlay-tokens.dynamo.ts';
import { memoryOverlayTokens } from '../../functions/query/overlay-tokens.memory.ts';
import type { OverlayTokens } from '../../functions/query/overlay-tokens.ts';
import { testDynamo } from './dynamo.ts';

const dynamo = testDynamo();
let secrets = 0;
const makeDynamo = () =>
  dynamoOverlayTokens({ client: dynamo().client, table: dynamo().byPkAndSk, newSecret: () => `secret-${++secrets}` });
const grant = { site: 'shop', until: 1_800_000_900_123 };

describe.each<[string, () => OverlayTokens]>([
  ['memory', memoryOverlayTokens],
  ['DynamoDB', makeDynamo],
])('overlay tokens in %s', (_name, make) => {
  it('open their site up to their end, as often as they are shown', async () => {
    const store = make();
    const token = await store.issue(grant);
    expect(await store.find(token, 1_800_000_000_000)).toEqual(grant);
    expect(await store.find(token, grant.until - 1)).toEqual(grant);
    expect(await store.find(token, grant.until)).toBeNull();
  });

  it('are told from API keys by how they begin, and no two are alike', async () => {
    const store = make();
    const [one, other] = [await store.issue(grant), await store.issue(grant)];
    expect(one).toMatch(/^overlay_/);
    expect(other).not.toBe(one);
  });

  it('open nothing when nobody issued them', async () => {
    expect(await make().find('overlay_made-up', 0)).toBeNull();
  });
});

describe('overlay tokens in DynamoDB alone', () => {
  it('can not be read out of the table and used', async () => {
    const token = await makeDynamo().issue(grant);
    const { Items } = await dynamo().client.send(new ScanCommand({ TableName: dynamo().byPkAndSk }));
    expect(JSON.stringify(Items)).toContain('shop');
    expect(JSON.stringify(Items)).not.toContain(token.slice('overlay_'.length));
  });
});
