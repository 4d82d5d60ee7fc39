import { describe, expect, it } from 'vitest';
import {
  type Attempt,
  attemptName,
  dueCaptures,
  markerSettleMs,
  pictureAgeMaxMs,
  retryMs,
} from '../../../functions/capture/due-captures.ts';
import { mostViewed, pagesPerSiteMax, type ViewedPage, viewedPages } from '../../../functions/capture/viewed-pages.ts';

const now = Date.parse('2026-11-23T13:20:00Z');
const page = (path: string, views: ViewedPage['views']): ViewedPage => ({
  pageId: path.padEnd(8, '_'),
  path,
  url: `https://shop.example${path}`,
  views,
});
const home = page('/', { desktop: 9, mobile: 1 });
const due = (pages: ViewedPage[], attempts: Record<string, Attempt> = {}, markedAt: number | null = null) =>
  dueCaptures(pages, attempts, { now, markedAt }).map((one) => [one.page.path, one.device, one.trigger].join(' '));

describe('a picture is due', () => {
  it('when a page has earned it by ten views, of the device classes that have views, the most viewed first', () => {
    expect(due([page('/few', { desktop: 9 }), home, page('/more', { tablet: 30 })])).toEqual([
      '/more tablet first',
      '/ desktop first',
      '/ mobile first',
    ]);
  });

  it('when it is a week old, and no sooner', () => {
    const at = (ageMs: number) => ({ [attemptName(home.pageId, 'desktop')]: { at: now - ageMs, failures: 0 } });
    expect(due([home], at(pictureAgeMaxMs - 1))).toEqual(['/ mobile first']);
    expect(due([home], at(pictureAgeMaxMs))).toEqual(['/ desktop week', '/ mobile first']);
  });

  it('after a marker, once the deploy has had its time', () => {
    const markedAt = now - 600_000;
    const at = (taken: number) => ({
      [attemptName(home.pageId, 'desktop')]: { at: taken, failures: 0 },
      [attemptName(home.pageId, 'mobile')]: { at: now, failures: 0 },
    });
    expect(due([home], at(markedAt - 1), markedAt)).toEqual(['/ desktop marker']);
    // Taken while the deploy was under way: of the old page, perhaps.
    expect(due([home], at(markedAt + markerSettleMs - 1), markedAt)).toEqual(['/ desktop marker']);
    expect(due([home], at(markedAt + markerSettleMs), markedAt)).toEqual([]);
    expect(due([home], at(markedAt - 1), null)).toEqual([]);
  });

  it.each([
    [1, retryMs],
    [2, 2 * retryMs],
    [3, 4 * retryMs],
    [9, pictureAgeMaxMs],
  ])('after %i failures in a row, %i ms after the last', (failures, waitMs) => {
    const desktop = page('/', { desktop: 20 });
    const at = (ageMs: number) => ({ [attemptName(desktop.pageId, 'desktop')]: { at: now - ageMs, failures } });
    expect(due([desktop], at(waitMs - 1))).toEqual([]);
    expect(due([desktop], at(waitMs))).toHaveLength(1);
  });
});

describe('the viewed pages', () => {
  it('are read from page items, without those that have no address of their own', () => {
    const item = (path: string, counters: Record<string, number>, url = `https://shop.example${path}`) => ({
      key: { pk: '1|shop|page|2026-11-23', sk: path.padEnd(8, '_') },
      counters,
      texts: url ? { p: path, u: url } : { p: path },
    });
    const items = [
      item('/', { pv: 4, vd: 3, vm: 1, fd: 900 }),
      item('(other)', { pv: 50, vd: 50 }),
      item('/no', { vd: 1 }, ''),
    ];
    expect(viewedPages(items)).toEqual([page('/', { desktop: 3, mobile: 1 })]);
  });

  it('add up over days, at the newest address, and only so many are looked at', () => {
    const days = [
      [page('/', { desktop: 3 }), page('/old', { desktop: 1 })],
      [{ ...home, url: 'https://shop.example/?new' }],
    ];
    expect(mostViewed(days)).toEqual([
      { ...home, url: 'https://shop.example/?new', views: { desktop: 12, mobile: 1 } },
      page('/old', { desktop: 1 }),
    ]);
    const many = Array.from({ length: pagesPerSiteMax + 5 }, (_, n) => page(`/${n}`, { mobile: n + 1 }));
    const most = mostViewed([many]);
    expect(most).toHaveLength(pagesPerSiteMax);
    expect(most[0]?.path).toBe(`/${pagesPerSiteMax + 4}`);
  });
});
