import { describe, expect, it } from 'vitest';
import { dynamoVisitorErasureStore } from '../../functions/sites/visitor-erasure-store.dynamo.ts';
import { memoryVisitorErasureStore } from '../../functions/sites/visitor-erasure-store.memory.ts';
import type { VisitorErasure, VisitorErasureStore } from '../../functions/sites/visitor-erasure-store.ts';
import { testDynamo } from './dynamo.ts';

const dynamo = testDynamo();
let sites = 0;
const freshSite = () => `site-${++sites}`;

function erasureOf(site: string, id: string, change: Partial<VisitorErasure> = {}): VisitorErasure {
  const counts = { records: 0, failedRecords: 0 };
  return {
    site,
    id,
    day: '2026-11-23',
    visitor: 'a'.repeat(16),
    state: 'waiting',
    requestedAt: 7,
    at: 8,
    why: 'x',
    ...counts,
    ...change,
  };
}

describe.each<[string, () => VisitorErasureStore]>([
  ['memory', memoryVisitorErasureStore],
  ['DynamoDB', () => dynamoVisitorErasureStore({ client: dynamo().client, table: dynamo().byPkAndSk })],
])('erasures in %s', (_name, make) => {
  it('are a site’s own, newest first, as many as are asked for', async () => {
    const store = make();
    const [site, other] = [freshSite(), freshSite()];
    const ids = ['1795435200000002', '1795435200000001', '1795435200000003'];
    for (const id of ids) await store.put(erasureOf(site, id));
    await store.put(erasureOf(other, '1795435200000004'));
    expect((await store.list(site, 2)).map(({ id }) => id)).toEqual(['1795435200000003', '1795435200000002']);
    expect(await store.list(freshSite(), 2)).toEqual([]);
  });

  it('are found for as long as they wait, however many were asked for and done since', async () => {
    const store = make();
    const site = freshSite();
    const idOf = (n: number) => `17954352000000${String(n).padStart(2, '0')}`;
    for (const n of [0, 7]) await store.put(erasureOf(site, idOf(n)));
    for (const n of [1, 2, 3]) await store.put(erasureOf(site, idOf(n), { state: 'done' }));
    expect((await store.waiting(site)).map(({ id }) => id)).toEqual([idOf(7), idOf(0)]);
    expect(await store.waiting(freshSite())).toEqual([]);
  });

  it('keep nothing of whose it was once that is left out', async () => {
    const store = make();
    const site = freshSite();
    const { visitor: _, ...done } = erasureOf(site, '1795435200000001', { state: 'done', records: 3 });
    await store.put(erasureOf(site, '1795435200000001'));
    await store.put(done);
    expect(await store.list(site, 9)).toEqual([done]);
  });
});
