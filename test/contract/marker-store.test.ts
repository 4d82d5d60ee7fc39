import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { markerTextMax } from '../../functions/contract/answer.ts';
import { dynamoMarkerStore } from '../../functions/sites/marker-store.dynamo.ts';
import { memoryMarkerStore } from '../../functions/sites/marker-store.memory.ts';
import { type MarkerStore, markersPerDayMax } from '../../functions/sites/marker-store.ts';
import { itemBytes } from '../simulate/aws/item-bytes.ts';
import { testDynamo } from './dynamo.ts';

const dynamo = testDynamo();
const makeDynamo = () => dynamoMarkerStore({ client: dynamo().client, table: dynamo().byPkAndSk });
let sites = 0;
const freshSite = () => `site-${++sites}`;
const midnight = Date.parse('2026-11-23T00:00:00Z');
const dayMs = 86_400_000;

describe.each<[string, () => MarkerStore]>([
  ['memory', memoryMarkerStore],
  ['DynamoDB', makeDynamo],
])('markers in %s', (_name, make) => {
  it('are read oldest first, from an instant up to another, of one site', async () => {
    const store = make();
    const site = freshSite();
    const markers = [3, 1, 2, 0].map((days) => ({ at: midnight + days * dayMs, text: `after ${days}` }));
    for (const marker of markers) expect(await store.put(site, marker)).toBe('put');
    const read = await store.between(site, midnight + 1, midnight + 3 * dayMs);
    expect(read.map(({ text }) => text)).toEqual(['after 1', 'after 2']);
    expect(await store.between(site, midnight, midnight + 1)).toEqual([{ at: midnight, text: 'after 0' }]);
    expect(await store.between(freshSite(), 0, midnight * 2)).toEqual([]);
  });

  it('of one instant are one marker, with the newest text, however full its day is', async () => {
    const store = make();
    const site = freshSite();
    await Promise.all(['a', 'b', 'c'].map((text) => store.put(site, { at: midnight, text })));
    for (let ms = 1; ms < markersPerDayMax; ms++) {
      expect(await store.put(site, { at: midnight + ms, text: 'more' })).toBe('put');
    }
    expect(await store.put(site, { at: midnight, text: 'better' })).toBe('put');
    const read = await store.between(site, midnight, midnight + dayMs);
    expect([read.length, read[0]]).toEqual([markersPerDayMax, { at: midnight, text: 'better' }]);
  });

  it('can be taken away, which makes room on their date', async () => {
    const store = make();
    const site = freshSite();
    for (let ms = 0; ms < markersPerDayMax; ms++) await store.put(site, { at: midnight + ms, text: 'one' });
    expect(await store.remove(site, midnight + 3)).toBe(true);
    expect(await store.remove(site, midnight + 3)).toBe(false);
    expect(await store.remove(freshSite(), midnight)).toBe(false);
    expect(await store.between(site, midnight + 3, midnight + 4)).toEqual([]);
    expect(await store.put(site, { at: midnight + 100, text: 'more' })).toBe('put');
    expect(await store.put(site, { at: midnight + 101, text: 'too many' })).toBe('full');
  });

  it('are counted rightly while some are set and others taken away', async () => {
    const store = make();
    const site = freshSite();
    const at = midnight + 5;
    await Promise.all(
      Array.from({ length: 6 }, (_, n) => (n % 2 ? store.remove(site, at) : store.put(site, { at, text: `${n}` }))),
    );
    await store.remove(site, at);
    for (let ms = 10; ms < 10 + markersPerDayMax; ms++) {
      expect(await store.put(site, { at: midnight + ms, text: 'one' })).toBe('put');
    }
    expect(await store.put(site, { at, text: 'too many' })).toBe('full');
  });

  it('fill a UTC date, and no other, also when many come at once', async () => {
    const store = make();
    const site = freshSite();
    const all = Array.from({ length: markersPerDayMax + 5 }, (_, ms) => ({ at: midnight + ms, text: `${ms}` }));
    const done = await Promise.all(all.map((marker) => store.put(site, marker)));
    expect(done.filter((one) => one === 'full')).toHaveLength(5);
    expect(await store.between(site, midnight, midnight + dayMs)).toHaveLength(markersPerDayMax);
    expect(await store.put(site, { at: midnight - 1, text: 'the day before' })).toBe('put');
  });
});

describe('markers in DynamoDB alone', () => {
  it('weigh at most 4 KB a date, and expire when no range can reach them', async () => {
    const site = 's'.repeat(64);
    for (let ms = 0; ms < markersPerDayMax; ms++) {
      await makeDynamo().put(site, { at: midnight + ms, text: '你'.repeat(markerTextMax) });
    }
    const Key = { pk: { S: `markers|${site}` }, sk: { S: '2026-11-23' } };
    const { Item = {} } = await dynamo().client.send(new GetItemCommand({ TableName: dynamo().byPkAndSk, Key }));
    expect(itemBytes(Item)).toBeLessThanOrEqual(4_096);
    expect(Number(Item.ttl?.N) * 1000).toBe(midnight + 401 * dayMs);
  });
});
