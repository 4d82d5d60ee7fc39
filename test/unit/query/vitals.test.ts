import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { vitalBucket, vitalScales, vitals } from '../../../functions/contract/vital.ts';
import { noVitalCounts, vitalDistribution } from '../../../functions/query/vital-figures.ts';
import { demoApi, today } from './demo-api.ts';

const address = '/v1/sites/demo/vitals';

describe('/vitals', () => {
  it('adds up days and device classes, by page, most loads first, and all pages with what has no name', async () => {
    const { ask, put } = await demoApi();
    await put.page('2026-11-22', '/', { pv: 5, ld4: 3, lm9: 1, id0: 2, cd0: 4 }, { t: 'Old' });
    await put.page(today, '/', { pv: 5, ld4: 3, ld7: 1 }, { t: 'Home' });
    await put.page(today, '/fast', { pv: 20, ld0: 2 });
    await put.page(today, '/untold', { pv: 9 });
    await put.page(today, '(other)', { pv: 2, ld0: 2 });
    const { json } = await ask(`${address}?from=2026-11-22&to=2026-11-23`);
    expect(json.pages.map(({ path, title, lcp }: typeof json) => [path, title, lcp.loads])).toEqual([
      ['/', 'Home', 8],
      ['/fast', '', 2],
    ]);
    expect(json.pages[0]).toMatchObject({
      lcp: { loads: 8, good: 6, needsImprovement: 0, poor: 2, p75: 2_500 },
      inp: { loads: 2, good: 2, needsImprovement: 0, poor: 0, p75: 37.5 },
      cls: { loads: 4, good: 4, needsImprovement: 0, poor: 0, p75: 0 },
    });
    expect(json.lcp).toMatchObject({ loads: 12, good: 10, poor: 2 });
    expect(json.lcp.buckets.slice(-2)).toEqual([
      { from: 6_000, to: 10_000, loads: 0 },
      { from: 10_000, to: null, loads: 1 },
    ]);
    expect(json.cls.buckets[0]).toEqual({ from: 0, to: 0, loads: 4 });
  });

  it('answers one page, and one device class', async () => {
    const { ask, put } = await demoApi();
    await put.page(today, '/', { ld4: 3, lm9: 1 });
    await put.page(today, '/fast', { ld0: 2 });
    const { json } = await ask(`${address}?path=/&device=mobile`);
    expect(json).toMatchObject({ path: '/', device: 'mobile', lcp: { loads: 1, poor: 1, p75: 10_000 } });
    expect(json.pages.map(({ path }: { path: string }) => path)).toEqual(['/']);
  });

  it('says of nothing that it is nothing', async () => {
    const { ask, put } = await demoApi();
    await put.page(today, '/', { pv: 3 });
    const { json } = await ask(address);
    expect(json).toMatchObject({ path: null, device: null, pages: [], lcp: { loads: 0, p75: null } });
    expect((await ask(`${address}?path=/nowhere`)).json.pages).toEqual([]);
    expect((await ask(`${address}?limit=0`)).statusCode).toBe(400);
  });
});

describe('the 75th percentile', () => {
  const values = fc.array(fc.nat(12_000), { minLength: 1, maxLength: 200 });

  it.each(vitals)(
    'of %s is good exactly if three of four loads are, and lies in the bucket of the true one',
    (vital) => {
      const { goodMax, poorAbove, perUnit, edges } = vitalScales[vital];
      fc.assert(
        fc.property(values, (all) => {
          const counts = noVitalCounts();
          for (const value of all)
            counts[vital][vitalBucket(vital, value)] = (counts[vital][vitalBucket(vital, value)] ?? 0) + 1;
          const { loads, good, needsImprovement, poor, p75 } = vitalDistribution(vital, counts);
          expect([loads, good, poor]).toEqual([
            all.length,
            all.filter((value) => value <= goodMax).length,
            all.filter((value) => value > poorAbove).length,
          ]);
          expect(good + needsImprovement + poor).toBe(loads);
          const measured = Math.round((p75 ?? Number.NaN) * perUnit * 1e6) / 1e6;
          expect(measured <= goodMax).toBe(good >= 0.75 * loads);
          // The nearest rank, https://en.wikipedia.org/wiki/Percentile#The_nearest-rank_method
          const exact = [...all].sort((one, other) => one - other)[Math.ceil(0.75 * loads) - 1] ?? Number.NaN;
          const bucket = vitalBucket(vital, exact);
          expect(measured).toBeGreaterThanOrEqual(edges[bucket - 1] ?? 0);
          expect(measured).toBeLessThanOrEqual(edges[bucket] ?? edges.at(-1) ?? 0);
        }),
      );
    },
  );
});
