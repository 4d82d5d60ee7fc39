import { describe, expect, it } from 'vitest';
import { demoApi, now, today } from './demo-api.ts';

const hour = { pv: 10, vi: 5, nv: 4, se: 5, bo: 3, ub: 1, en: 60_000, du: 300_000, ev: 90, ra: 1, de: 2, he: 7 };

describe('/series', () => {
  it('by hour has a point for every local hour up to now', async () => {
    const { ask, put } = await demoApi();
    await put.hour(today, '2026-11-23T09:00Z', hour);
    const { json } = await ask('/v1/sites/demo/series?from=2026-11-23&to=2026-11-23');
    expect(json).toMatchObject({ unit: 'hour', from: Date.parse('2026-11-22T23:00Z'), zone: 'Europe/Berlin' });
    expect(json.to).toBe(Date.parse('2026-11-23T14:00Z'));
    expect(json.points).toHaveLength(15);
    expect(json.points[10]).toEqual({
      at: Date.parse('2026-11-23T09:00Z'),
      pageViews: 10,
      visitors: 5,
      newVisitors: 4,
      sessions: 5,
      bounces: 2,
      engagedMs: 60_000,
      durationMs: 300_000,
      events: 90,
      rage: 1,
      dead: 2,
      hesitations: 7,
    });
    expect(json.points[11]).toMatchObject({ at: Date.parse('2026-11-23T10:00Z'), pageViews: 0, visitors: 0 });
  });

  it('by day sums hours, and counts a visitor of two hours once', async () => {
    const { ask, put } = await demoApi();
    await put.hour('2026-11-22', '2026-11-22T09:00Z', { pv: 1, vi: 1, nv: 1 });
    await put.hour(today, '2026-11-23T09:00Z', hour);
    await put.hour(today, '2026-11-23T10:00Z', { ...hour, nv: 1 });
    const { json } = await ask('/v1/sites/demo/series?unit=day&from=2026-11-21&to=2026-11-23');
    expect(json.points.map(({ at, pageViews, visitors }: Record<string, number>) => [at, pageViews, visitors])).toEqual(
      [
        [Date.parse('2026-11-20T23:00Z'), 0, 0],
        [Date.parse('2026-11-21T23:00Z'), 1, 1],
        [Date.parse('2026-11-22T23:00Z'), 20, 5],
      ],
    );
    expect(json.points[2]).toMatchObject({ sessions: 10, bounces: 4, newVisitors: 5 });
  });

  it('by minute sums the tiles of its pages', async () => {
    const { ask, put } = await demoApi();
    await put.live(now - 120_000, '/', { pv: 2, vi: 1 }, now);
    await put.live(now - 120_000, '/pricing', { pv: 3, vi: 2 }, now);
    const { json } = await ask(`/v1/sites/demo/series?unit=minute&from=${now - 240_000}&to=${now}`);
    expect(json.points).toEqual([
      { at: Date.parse('2026-11-23T13:16Z'), pageViews: 0, visitors: 0 },
      { at: Date.parse('2026-11-23T13:17Z'), pageViews: 0, visitors: 0 },
      { at: Date.parse('2026-11-23T13:18Z'), pageViews: 5, visitors: 3 },
      { at: Date.parse('2026-11-23T13:19Z'), pageViews: 0, visitors: 0 },
      { at: Date.parse('2026-11-23T13:20Z'), pageViews: 0, visitors: 0 },
    ]);
  });

  it('has 25 hours on the day the clocks go back', async () => {
    const { ask, put } = await demoApi();
    await put.hour('2026-10-25', '2026-10-25T01:00Z', { pv: 7, vi: 1, nv: 1 });
    const { json } = await ask('/v1/sites/demo/series?from=2026-10-25&to=2026-10-25');
    expect(json.points).toHaveLength(25);
    expect(json.points[3]).toMatchObject({ at: Date.parse('2026-10-25T01:00Z'), pageViews: 7 });
  });

  it('does not count another site’s hours', async () => {
    const { ask, put } = await demoApi();
    await put.hour(today, '2026-11-23T09:00Z', hour);
    const { json } = await ask('/v1/sites/other/series?from=2026-11-23', { key: 'key-of-other' });
    expect(json.points.every(({ pageViews }: { pageViews: number }) => pageViews === 0)).toBe(true);
  });
});
