import { describe, expect, it } from 'vitest';
import {
  hourKey,
  type ItemKey,
  liveKey,
  pageKey,
  pageWindowName,
  sessionWindowName,
  smallName,
  valueKey,
  windowMs,
  windowOf,
} from '../../../functions/contract/counter.ts';
import { nameId } from '../../../functions/contract/name-id.ts';
import { hourStart, minuteOf } from '../../../functions/contract/time-unit.ts';
import type { LiveItem } from '../../../web/live/merge.ts';
import { liveView } from '../../../web/view/live-view.ts';

const zone = 'Europe/Berlin';
const asOf = Date.UTC(2026, 10, 23, 14, 0, 12);
const day = '2026-11-23';
const home = nameId('/');
const shop = nameId('/shop');

function item({ pk, sk }: ItemKey, counters: Record<string, number>, texts: Record<string, string> = {}): LiveItem {
  return { pk, sk, counters, texts, toldAt: {} };
}
const live = (at: number, pageId: string, counters: Record<string, number>) =>
  item(liveKey('1', 'demo', minuteOf(at), pageId), counters);
const window = (at: number) => windowOf(at);

describe('the live view', () => {
  it('counts active sessions and their pages over the ten windows that end with asOf', () => {
    const long = asOf - 9 * windowMs;
    const view = liveView(
      [
        live(asOf, home, { [sessionWindowName('A', window(asOf))]: 3, [pageWindowName(home, 'A', window(asOf))]: 3 }),
        live(long, home, { [sessionWindowName('A', window(long))]: 2, [pageWindowName(shop, 'A', window(long))]: 2 }),
        live(asOf, shop, { [sessionWindowName('L', window(asOf))]: 1, [pageWindowName(shop, 'L', window(asOf))]: 1 }),
        live(asOf - 10 * windowMs, home, { [sessionWindowName('A', window(asOf - 10 * windowMs))]: 50 }),
        item(pageKey('1', 'demo', day, home), { pv: 1 }, { p: '/', t: 'Home' }),
        item(pageKey('1', 'demo', '2026-11-22', shop), { pv: 1 }, { p: '/shop', t: 'Shop' }),
      ],
      asOf,
      zone,
    );
    expect(view.active).toBe(4);
    expect(view.activePages.rows.map(({ label, count }) => [label, count])).toEqual([
      ['/', 3],
      ['/shop', 1],
    ]);
  });

  it('shows sixty minutes of page views, over all tiles, ending with the one of asOf', () => {
    const { minutes } = liveView(
      [
        live(asOf, home, { pv: 2 }),
        item({ pk: `1|demo|live|${minuteOf(asOf)}`, sk: 'zz' }, { pv: 5 }),
        live(asOf - 59 * 60_000, home, { pv: 4 }),
        live(asOf - 60 * 60_000, home, { pv: 100 }),
        live(asOf + 60_000, home, { pv: 100 }),
      ],
      asOf,
      zone,
    );
    expect(minutes).toHaveLength(60);
    expect(minutes.at(-1)).toEqual({ at: Date.UTC(2026, 10, 23, 14, 0), pageViews: 7, visitors: 0 });
    expect(minutes[0]?.pageViews).toBe(4);
    expect(minutes.reduce((sum, { pageViews }) => sum + pageViews, 0)).toBe(11);
  });

  it('adds up today from its hours: new visitors once, bounces as a pair, and nothing of yesterday', () => {
    const hour = hourStart(asOf, zone);
    const { today, hours } = liveView(
      [
        item(hourKey('1', 'demo', day, hour), { pv: 10, vi: 6, nv: 4, se: 5, bo: 4, ub: 1, en: 9_000, du: 30_000 }),
        item(hourKey('1', 'demo', day, hour - 3_600_000), { pv: 3, vi: 3, nv: 3, se: 3, bo: 1, en: 1_000, du: 5_000 }),
        item(hourKey('1', 'demo', '2026-11-22', hour - 86_400_000), { pv: 99, vi: 99, nv: 99, se: 99 }),
      ],
      asOf,
      zone,
    );
    expect(today).toEqual({
      pageViews: 13,
      visitors: 7,
      sessions: 8,
      bounces: 4,
      engagedMs: 10_000,
      durationMs: 35_000,
    });
    expect(hours).toHaveLength(16);
    expect(hours[0]).toEqual({ at: Date.UTC(2026, 10, 22, 23), pageViews: 0, visitors: 0 });
    expect(hours.slice(-2).map(({ at, pageViews, visitors }) => [at, pageViews, visitors])).toEqual([
      [hour - 3_600_000, 3, 3],
      [hour, 10, 4],
    ]);
  });

  it('takes the day from the site, not from UTC', () => {
    const evening = Date.UTC(2026, 10, 23, 23, 30);
    const { today } = liveView(
      [item(hourKey('1', 'demo', '2026-11-24', hourStart(evening, zone)), { pv: 2 })],
      evening,
      zone,
    );
    expect(today.pageViews).toBe(2);
  });

  it('adds up breakdowns over hours, values by dimension, and pages by path', () => {
    const hour = hourStart(asOf, zone);
    const view = liveView(
      [
        item(hourKey('1', 'demo', day, hour), {
          [smallName('country', 'DE', 'p')]: 4,
          [smallName('country', 'DE', 'v')]: 2,
          [smallName('device', 'mobile', 'p')]: 4,
        }),
        item(hourKey('1', 'demo', day, hour - 3_600_000), { [smallName('country', 'DE', 'p')]: 1 }),
        item(valueKey('1', 'demo', day, 'referrer', 'aaaaaaaa'), { pv: 3, vi: 2 }, { v: 'news.example' }),
        item(valueKey('1', 'demo', day, 'event', 'bbbbbbbb'), { n: 9, vi: 2 }, { v: 'signup' }),
        item(pageKey('1', 'demo', day, shop), { pv: 6, vi: 5 }, { p: '/shop', t: '<script>alert(1)</script>' }),
      ],
      asOf,
      zone,
    );
    const rows = (dimension: string) =>
      (view.breakdowns.get(dimension) ?? []).map(({ label, count, visitors }) => [label, count, visitors]);
    expect(rows('country')).toEqual([['Germany', 5, 2]]);
    expect(rows('device')).toEqual([['Mobile', 4, 0]]);
    expect(rows('referrer')).toEqual([['news.example', 3, 2]]);
    expect(rows('event')).toEqual([['signup', 9, 2]]);
    expect(view.pages).toEqual([
      { id: '/shop', label: '/shop', detail: '<script>alert(1)</script>', count: 6, visitors: 5 },
    ]);
  });

  it('is all zero before the first message', () => {
    const view = liveView([], 0, zone);
    expect(view.active).toBe(0);
    expect(view.today.pageViews).toBe(0);
    expect(view.minutes).toHaveLength(60);
  });
});
