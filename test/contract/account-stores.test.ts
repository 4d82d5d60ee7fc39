import { describe, expect, it } from 'vitest';
import { type AuditEntry, sitesPerUserMax } from '../../functions/contract/account.ts';
import { noAccess } from '../../functions/sites/access.ts';
import { dynamoAuditStore } from '../../functions/sites/audit-store.dynamo.ts';
import { memoryAuditStore } from '../../functions/sites/audit-store.memory.ts';
import type { AuditStore } from '../../functions/sites/audit-store.ts';
import { dynamoErasureStore } from '../../functions/sites/erasure-store.dynamo.ts';
import { memoryErasureStore } from '../../functions/sites/erasure-store.memory.ts';
import type { ErasureStore } from '../../functions/sites/erasure-store.ts';
import { dynamoUserStore } from '../../functions/sites/user-store.dynamo.ts';
import { memoryUserStore } from '../../functions/sites/user-store.memory.ts';
import type { UserStore } from '../../functions/sites/user-store.ts';
import { testDynamo } from './dynamo.ts';

const dynamo = testDynamo();
const table = () => ({ client: dynamo().client, table: dynamo().byPkAndSk });
let made = 0;
const fresh = () => `made-${++made}`;

describe.each<[string, () => UserStore]>([
  ['memory', memoryUserStore],
  ['DynamoDB', () => dynamoUserStore(table())],
])('users in %s', (_name, make) => {
  it('have the sites that they joined and did not leave', async () => {
    const store = make();
    const user = fresh();
    for (const site of ['b', 'a', 'c', 'a']) await store.join(user, site);
    await store.leave(user, 'c');
    await store.leave(user, 'never');
    expect(await store.sites(user)).toEqual(['a', 'b']);
    expect(await store.sites(fresh())).toEqual([]);
  });

  it('are told of so many sites and no more', async () => {
    const store = make();
    const user = fresh();
    await Promise.all(Array.from({ length: sitesPerUserMax + 1 }, (_, n) => store.join(user, `site-${n}`)));
    expect(await store.sites(user)).toHaveLength(sitesPerUserMax);
  });

  it('have signed out when they last did', async () => {
    const store = make();
    const user = fresh();
    await store.join(user, 'a');
    expect(await store.signedOutAt(user)).toBe(0);
    for (const at of [2_000, 3_000, 1_000]) await store.signOut(user, at);
    expect(await store.signedOutAt(user)).toBe(3_000);
    expect(await store.sites(user)).toEqual(['a']);
  });
});

describe.each<[string, () => AuditStore]>([
  ['memory', memoryAuditStore],
  ['DynamoDB', () => dynamoAuditStore(table())],
])('the audit log in %s', (_name, make) => {
  const entry = (at: number): AuditEntry => ({
    at,
    by: { kind: 'user', id: 'ada' },
    byName: 'ada@shop.example',
    what: 'invited',
    text: `at ${at}`,
  });

  it('is read newest first, page by page, and keeps entries of one instant apart', async () => {
    const store = make();
    const site = fresh();
    for (const [at, unique] of [
      [5, 'a'],
      [70, 'a'],
      [70, 'b'],
      [1_800_000_000_000, 'a'],
    ] as const) {
      await store.append(site, entry(at), unique);
    }
    await store.append(fresh(), entry(6), 'a');
    const first = await store.page(site, { before: null, limit: 3 });
    expect(first.rows.map(({ at }) => at)).toEqual([1_800_000_000_000, 70, 70]);
    expect(first.rows[0]).toEqual(entry(1_800_000_000_000));
    const second = await store.page(site, { before: first.next, limit: 3 });
    expect([second.rows.map(({ at }) => at), second.next]).toEqual([[5], null]);
  });
});

describe.each<[string, () => ErasureStore]>([
  ['memory', memoryErasureStore],
  ['DynamoDB', () => dynamoErasureStore(table())],
])('erasures in %s', (_name, make) => {
  it('are under way from their beginning to their end, and go on where they were', async () => {
    const store = make();
    const [later, earlier] = [fresh(), fresh()];
    await store.begin({ site: later, since: 20, access: noAccess });
    await store.begin({ site: earlier, since: 10, access: noAccess });
    await store.begin({ site: later, since: 30, access: noAccess });
    const cursor = { place: 2, at: 'abc', isLast: true };
    await store.moveTo(later, cursor);
    expect(await store.all()).toEqual([
      { site: earlier, since: 10, access: noAccess, cursor: null },
      { site: later, since: 20, access: noAccess, cursor },
    ]);
    for (const site of [later, earlier]) await store.end(site);
    await store.moveTo(later, cursor);
    expect(await store.all()).toEqual([]);
  });
});
