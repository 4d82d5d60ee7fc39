import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import type { Member } from '../../functions/contract/account.ts';
import { AccessRefusal, noAccess, withMore } from '../../functions/sites/access.ts';
import { dynamoAccessStore } from '../../functions/sites/access-store.dynamo.ts';
import { memoryAccessStore } from '../../functions/sites/access-store.memory.ts';
import { type AccessStore, triesMax, tryWindowMs } from '../../functions/sites/access-store.ts';
import { grantKey } from '../../functions/sites/grant-key.ts';
import { hashSecret, idOfHash } from '../../functions/sites/secret.ts';
import { testDynamo } from './dynamo.ts';

const dynamo = testDynamo();
const makeDynamo = () => dynamoAccessStore({ client: dynamo().client, table: dynamo().byPkAndSk });
let sites = 0;
const freshSite = () => `access-${++sites}`;
const member = (id: string): Member => ({ id, role: 'viewer', email: null, since: 1 });
const now = 1_800_000_000_000;

describe.each<[string, () => AccessStore]>([
  ['memory', memoryAccessStore],
  ['DynamoDB', makeDynamo],
])('access in %s', (_name, make) => {
  it('is nothing at first, then what it was changed to, of one site', async () => {
    const store = make();
    const [site, other] = [freshSite(), freshSite()];
    expect(await store.read(site)).toEqual(noAccess);
    const changed = await store.change(site, (access) => withMore(access, 'members', member('ada')));
    expect(changed).toEqual({ ...noAccess, members: [member('ada')] });
    expect(await store.read(site)).toEqual(changed);
    expect(await store.read(other)).toEqual(noAccess);
    await store.remove(site);
    expect(await store.read(site)).toEqual(noAccess);
  });

  it('loses no change of several that are made at once', async () => {
    const store = make();
    const site = freshSite();
    const names = ['a', 'b', 'c', 'd'];
    await Promise.all(names.map((id) => store.change(site, (access) => withMore(access, 'members', member(id)))));
    expect((await store.read(site)).members.map(({ id }) => id).sort()).toEqual(names);
  });

  it('stays as it is when a change throws', async () => {
    const store = make();
    const site = freshSite();
    const before = await store.change(site, (access) => withMore(access, 'members', member('ada')));
    const refused = store.change(site, () => {
      throw new AccessRefusal('full', 'no');
    });
    await expect(refused).rejects.toThrow(AccessRefusal);
    expect(await store.read(site)).toEqual(before);
  });

  it('is found by a secret’s hash, as long as the pointer stands', async () => {
    const store = make();
    const hash = hashSecret(freshSite());
    expect(await store.find('share', hash)).toBeNull();
    await store.point('share', hash, 'shop', now);
    expect(await store.find('share', hash)).toEqual({ site: 'shop', lastUsedOn: null });
    expect(await store.find('key', hash)).toBeNull();
    await store.unpoint('share', hash);
    expect(await store.find('share', hash)).toBeNull();
  });

  it('knows the last day of a key’s use, and brings no key back by it', async () => {
    const store = make();
    const hash = hashSecret(freshSite());
    await store.point('key', hash, 'shop', null);
    for (const date of ['2026-11-23', '2026-11-24', '2026-11-22']) await store.used(hash, date);
    expect(await store.find('key', hash)).toEqual({ site: 'shop', lastUsedOn: '2026-11-24' });
    await store.unpoint('key', hash);
    await store.used(hash, '2026-11-25');
    expect(await store.find('key', hash)).toBeNull();
  });

  it('lets a key in once, however often it is granted', async () => {
    const store = make();
    const site = freshSite();
    const wish = { label: 'Key', scope: 'read', createdAt: now } as const;
    for (let time = 0; time < 2; time++) await grantKey(store, site, `sitepulse_${site}`, wish);
    const hash = hashSecret(`sitepulse_${site}`);
    expect((await store.read(site)).keys).toEqual([{ ...wish, id: idOfHash(hash), hash }]);
  });

  it('gives out so many tries in a window and no more, also to many at once', async () => {
    const store = make();
    const hash = hashSecret(freshSite());
    const start = Math.ceil(now / tryWindowMs) * tryWindowMs;
    const taken = await Promise.all(Array.from({ length: triesMax + 3 }, () => store.takeTry(hash, start)));
    expect(taken.filter((one) => one)).toHaveLength(triesMax);
    await store.returnTry(hash, start);
    expect([await store.takeTry(hash, start), await store.takeTry(hash, start)]).toEqual([true, false]);
    expect(await store.takeTry(hash, start + tryWindowMs)).toBe(true);
  });
});

describe('access in DynamoDB alone', () => {
  it('holds no secret that could be read out and used', async () => {
    await grantKey(makeDynamo(), freshSite(), 'sitepulse_not-to-be-found', { label: 'k', scope: 'read', createdAt: 1 });
    const { Items } = await dynamo().client.send(new ScanCommand({ TableName: dynamo().byPkAndSk }));
    expect(Items?.length).toBeGreaterThan(0);
    expect(JSON.stringify(Items)).not.toContain('not-to-be-found');
  });
});
