import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { dynamoGrantTokens } from '../../functions/query/grant-tokens.dynamo.ts';
import { memoryGrantTokens } from '../../functions/query/grant-tokens.memory.ts';
import type { Grant, GrantTokens } from '../../functions/query/grant-tokens.ts';
import { testDynamo } from './dynamo.ts';

const dynamo = testDynamo();
let secrets = 0;
const makeDynamo = () =>
  dynamoGrantTokens({ client: dynamo().client, table: dynamo().byPkAndSk, newSecret: () => `secret-${++secrets}` });
const by = { kind: 'share', id: '9f2c' } as const;
const grant: Grant = { kind: 'overlay', site: 'shop', until: 1_800_000_900_123, by };

describe.each<[string, () => GrantTokens]>([
  ['memory', memoryGrantTokens],
  ['DynamoDB', makeDynamo],
])('short tokens in %s', (_name, make) => {
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
    const share = await store.issue({ ...grant, kind: 'share' });
    expect(share).toMatch(/^share_/);
    expect(await store.find(share, 0)).toEqual({ ...grant, kind: 'share' });
  });

  it('open nothing when nobody issued them', async () => {
    expect(await make().find('overlay_made-up', 0)).toBeNull();
    expect(await make().find('made-up', 0)).toBeNull();
  });
});

describe('short tokens in DynamoDB alone', () => {
  it('can not be read out of the table and used', async () => {
    const token = await makeDynamo().issue(grant);
    const { Items } = await dynamo().client.send(new ScanCommand({ TableName: dynamo().byPkAndSk }));
    expect(JSON.stringify(Items)).toContain('shop');
    expect(JSON.stringify(Items)).not.toContain(token.slice('overlay_'.length));
  });
});
