import { describe, expect, it } from 'vitest';
import { dynamoRefusalStore } from '../../functions/sites/refusal-store.dynamo.ts';
import { memoryRefusalStore } from '../../functions/sites/refusal-store.memory.ts';
import type { RefusalStore } from '../../functions/sites/refusal-store.ts';
import { testDynamo } from './dynamo.ts';

const dynamo = testDynamo();
let sites = 0;
const freshSite = () => `site-${++sites}`;

describe.each<[string, () => RefusalStore]>([
  ['memory', memoryRefusalStore],
  ['DynamoDB', () => dynamoRefusalStore({ client: dynamo().client, table: dynamo().byPkAndSk })],
])('refusals in %s', (_name, make) => {
  it('add up by code, most first, each with its newest sample', async () => {
    const store = make();
    const site = freshSite();
    await store.add(site, '2026-11-23', [
      { code: 'bad-event', batches: 2, sample: 'event 0' },
      { code: 'too-old', batches: 3, sample: 'old' },
    ]);
    await store.add(site, '2026-11-23', [{ code: 'bad-event', batches: 5, sample: 'event 7' }]);
    expect(await store.read(site, '2026-11-23')).toEqual([
      { code: 'bad-event', batches: 7, sample: 'event 7' },
      { code: 'too-old', batches: 3, sample: 'old' },
    ]);
  });

  it('belong to one site and one date, and nothing is added for nothing', async () => {
    const store = make();
    const site = freshSite();
    await store.add(site, '2026-11-23', []);
    await store.add(site, '2026-11-22', [{ code: 'too-old', batches: 1, sample: '' }]);
    expect(await store.read(site, '2026-11-23')).toEqual([]);
    expect(await store.read(freshSite(), '2026-11-22')).toEqual([]);
  });
});
