import { describe, expect, it } from 'vitest';
import { outboundTarget, transitionKey } from '../../../functions/contract/counter.ts';
import { nameId } from '../../../functions/contract/name-id.ts';
import type { TransitionRow } from '../../../functions/contract/transitions-answer.ts';
import { type DemoApi, demoApi, epoch, today } from './demo-api.ts';

const address = '/v1/sites/demo/transitions';
const yesterday = '2026-11-22';

const step = ({ put }: DemoApi, day: string, from: string, to: string, counters: Record<string, number>) =>
  put.item(transitionKey(epoch, 'demo', day, nameId(from), nameId(to)), counters);
const link = ({ put }: DemoApi, day: string, from: string, url: string, n: number) =>
  put.item(transitionKey(epoch, 'demo', day, nameId(from), outboundTarget(nameId(url))), { n });

async function shop(): Promise<DemoApi> {
  const api = await demoApi();
  await api.put.page(yesterday, '/', { pv: 4, ei: 4, xi: 3, xo: 1 });
  await api.put.page(yesterday, '/a', { pv: 1, ei: 1, eo: 1, xi: 1 });
  await api.put.page(today, '/', { pv: 4, ei: 3, xi: 1 });
  await api.put.page(today, '/a', { pv: 6, xi: 4 });
  await api.put.page(today, '/b', { pv: 3, xi: 2 });
  await step(api, yesterday, '/', '/a', { n: 2, u: 1 });
  await step(api, today, '/', '/a', { n: 4 });
  await step(api, today, '/a', '/b', { n: 3 });
  await step(api, today, '/b', '/a', { n: 2 });
  await step(api, today, '/a', '/', { n: 1 });
  await step(api, today, '/', '/b', { n: 2, u: 2 });
  await api.put.value(today, 'outbound', 'https://docs.example/', { n: 2 });
  await link(api, today, '/a', 'https://docs.example/', 2);
  return api;
}

describe('/transitions', () => {
  it('adds up days, less what was taken back, most first', async () => {
    const { ask } = await shop();
    const { json } = await ask(`${address}?from=${yesterday}&to=${today}`);
    expect(json).toMatchObject({
      rows: [
        { from: '/', to: '/a', count: 5 },
        { from: '/a', to: '/b', count: 3 },
        { from: '/b', to: '/a', count: 2 },
        { from: '/a', to: '/', count: 1 },
      ],
      other: { count: 0 },
      page: null,
    });
  });

  it('sums under other what is beyond the limit', async () => {
    const { ask } = await shop();
    const { json } = await ask(`${address}?limit=1`);
    expect(json.rows).toEqual([{ from: '/', to: '/a', count: 4 }]);
    expect(json.other).toEqual({ count: 6 });
  });

  it('says what came before a page and what after, for each of its views', async () => {
    const { ask } = await shop();
    const { json } = await ask(`${address}?path=/a`);
    expect(json.page).toEqual({
      path: '/a',
      pageViews: 6,
      entries: { count: 0, share: 0 },
      exits: { count: 4, share: 4 / 6 },
      before: [
        { path: '/', count: 4, share: 4 / 6 },
        { path: '/b', count: 2, share: 2 / 6 },
      ],
      beforeOther: { count: 0, share: 0 },
      after: [
        { path: '/b', count: 3, share: 3 / 6 },
        { path: '/', count: 1, share: 1 / 6 },
      ],
      afterOther: { count: 0, share: 0 },
      outbound: [{ url: 'https://docs.example/', count: 2, share: 2 / 6 }],
      outboundOther: { count: 0, share: 0 },
    });
    expect(json.rows).toHaveLength(4);
  });

  it('limits each side, and sums the rest of it', async () => {
    const { ask } = await shop();
    const { json } = await ask(`${address}?path=/a&limit=1`);
    expect(json.page).toMatchObject({
      before: [{ path: '/', count: 4 }],
      beforeOther: { count: 2, share: 2 / 6 },
      after: [{ path: '/b', count: 3 }],
      afterOther: { count: 1, share: 1 / 6 },
    });
    expect(json.other).toEqual({ count: 6 });
  });

  it('counts a page that was loaded again on both sides', async () => {
    const api = await shop();
    await step(api, today, '/b', '/b', { n: 1 });
    const { json } = await api.ask(`${address}?path=/b`);
    expect(json.page.before[1]).toEqual({ path: '/b', count: 1, share: 1 / 3 });
    expect(json.page.after[1]).toEqual({ path: '/b', count: 1, share: 1 / 3 });
  });

  it('names the page that a view at midnight came from', async () => {
    const api = await shop();
    await api.put.page(yesterday, '/late', { pv: 1 });
    await step(api, today, '/late', '/b', { n: 1 });
    const { json } = await api.ask(`${address}?path=/b`);
    expect(json.page.before).toContainEqual({ path: '/late', count: 1, share: 1 / 3 });
  });

  it('calls (other) what nobody knows by name', async () => {
    const api = await shop();
    await step(api, today, '/gone', '/b', { n: 9 });
    const { json } = await api.ask(`${address}?limit=1`);
    expect(json.rows).toEqual([{ from: '(other)', to: '/b', count: 9 }]);
  });

  it('has nothing to say of a page without views', async () => {
    const { ask } = await shop();
    const { json } = await ask(`${address}?path=/never`);
    expect(json).toMatchObject({ rows: [], page: { pageViews: 0, entries: { count: 0, share: 0 }, before: [] } });
  });

  it('asks for each name once, however many pairs it is in', async () => {
    const api = await demoApi();
    const paths = Array.from({ length: 30 }, (_, index) => `/${index}`);
    for (const path of paths) await api.put.page(today, path, { pv: 1 });
    for (const from of paths) for (const to of paths) await step(api, today, from, to, { n: 1 });
    const asked: number[] = [];
    const { items } = api.ports.counters;
    api.ports.counters.items = (keys) => {
      asked.push(keys.length);
      return items(keys);
    };
    const { json } = await api.ask(`${address}?limit=1000`);
    expect(new Set((json.rows as TransitionRow[]).flatMap(({ from, to }) => [from, to]))).toEqual(new Set(paths));
    expect(asked).toEqual([30]);
  });

  /** Days of made-up pairs, as the store would give them. `countOf`: of the pair `index`, from the last one on. */
  async function fullDays(pairs: number, countOf: (index: number) => number) {
    const api = await demoApi();
    const reads: string[] = [];
    const skOf = (index: number) => `${String(index).padStart(8, '0')}|${String(index).padStart(8, '1')}`;
    api.ports.counters.lastOf = async (pk, _from, to, limit) => {
      reads.push(pk);
      const first = to === '~' ? pairs - 1 : Number(to.slice(0, 8));
      return Array.from({ length: Math.min(limit, first + 1) }, (_, at) => {
        const index = first - at;
        return { key: { pk, sk: skOf(index) }, counters: { n: countOf(index) }, texts: {} };
      });
    };
    return { api, reads };
  }

  it('reads a full day some at a time, each pair once', async () => {
    const { api } = await fullDays(2_500, () => 1);
    const { json } = await api.ask(`${address}?limit=1`);
    expect(json.other).toEqual({ count: 2_499 });
  });

  it('keeps the commonest of more pairs than it holds, wherever in a day they stand, and sums up the rest', async () => {
    const { api } = await fullDays(160_000, (index) => (index % 50_000 === 7 ? 1_000 + index : 1));
    const { json } = await api.ask(`${address}?limit=4`);
    expect((json.rows as TransitionRow[]).map(({ count }) => count)).toEqual([151_007, 101_007, 51_007, 1_007]);
    expect(json.other).toEqual({ count: 160_000 - 4 });
  });

  it('refuses days that have more than one answer may read, and says what to ask for', async () => {
    const { api, reads } = await fullDays(1_000_000, () => 1);
    const { statusCode, json } = await api.ask(`${address}?from=2026-11-01`);
    expect([statusCode, json.error.code]).toEqual([400, 'range-too-full']);
    expect(json.error.message).toContain('23 days');
    expect(reads.length).toBeLessThan(330);
  });

  it('refuses a path that is too long', async () => {
    const { ask } = await demoApi();
    const { statusCode, json } = await ask(`${address}?path=/${'x'.repeat(512)}`);
    expect([statusCode, json.error.code]).toEqual([400, 'bad-path']);
  });
});
