import { describe, expect, it } from 'vitest';
import { dynamoUsageStore } from '../../functions/sites/usage-store.dynamo.ts';
import { memoryUsageStore } from '../../functions/sites/usage-store.memory.ts';
import type { UsageStore } from '../../functions/sites/usage-store.ts';
import { testDynamo } from './dynamo.ts';

const dynamo = testDynamo();
let sites = 0;
const freshSite = () => `used-site-${++sites}`;

describe.each<[string, () => UsageStore]>([
  ['memory', memoryUsageStore],
  ['DynamoDB', () => dynamoUsageStore({ client: dynamo().client, table: dynamo().byPkAndSk })],
])('usage in %s', (_name, make) => {
  it('adds up by name and date, parts of batches too', async () => {
    const store = make();
    const site = freshSite();
    await store.add(site, '2026-11-23', { requests: 3, batches: 0.25 });
    await store.add(site, '2026-11-23', { requests: 4, writeUnits: 12.5, batches: 0.5 });
    await store.add(site, '2026-11-21', { queries: 1 });
    expect(await store.read(site, '2026-11-01', '2026-11-30')).toEqual([
      { date: '2026-11-21', usage: { queries: 1 } },
      { date: '2026-11-23', usage: { requests: 7, writeUnits: 12.5, batches: 0.75 } },
    ]);
  });

  it('is told for the dates that were asked for, of that site alone', async () => {
    const store = make();
    const site = freshSite();
    for (const date of ['2026-10-31', '2026-11-01', '2026-11-30', '2026-12-01'])
      await store.add(site, date, { requests: 1 });
    await store.add(freshSite(), '2026-11-05', { requests: 9 });
    expect((await store.read(site, '2026-11-01', '2026-11-30')).map(({ date }) => date)).toEqual([
      '2026-11-01',
      '2026-11-30',
    ]);
  });

  it('of nothing leaves nothing', async () => {
    const store = make();
    const site = freshSite();
    await store.add(site, '2026-11-23', {});
    await store.add(site, '2026-11-23', { requests: 0 });
    expect(await store.read(site, '2026-11-01', '2026-11-30')).toEqual([]);
  });
});
