import { describe, expect, it } from 'vitest';
import type { SessionEvent, SessionRow } from '../../../functions/contract/session-answer.ts';
import { formatRoute, parseRoute } from '../../../web/route.ts';
import { filterQuery, noFilter, type SessionFilter } from '../../../web/view/session-filter.ts';
import { withNewest, withOlder } from '../../../web/view/session-list.ts';
import { completeText, eventText, formatClock, whoText } from '../../../web/view/session-text.ts';
import { sessionTimeline } from '../../../web/view/session-timeline.ts';

const row: SessionRow = {
  ...{ id: 'a', day: '2026-11-23', visitor: '0123456789abcdef', start: 1_000, last: 61_000, durationMs: 60_000 },
  ...{ pageViews: 2, clicks: 3, rage: 0, dead: 0, engagedMs: 40_000, entry: '/', exit: '/shop' },
  ...{
    device: 'desktop',
    country: 'DE',
    browser: 'Chrome',
    os: 'Linux',
    language: 'de',
    referrer: '',
    live: false,
    signals: [],
  },
};
const rowAt = (id: string, start: number) => ({ ...row, id, start });

describe('the address of the list', () => {
  const chosen: SessionFilter = {
    range: '2026-11-01..2026-11-07',
    device: 'mobile',
    country: 'DE',
    path: '/a b?',
    isFrustrated: true,
    minPages: 3,
  };

  it('names all that is filtered by, and is read back', () => {
    for (const filter of [noFilter, chosen, { ...noFilter, path: '/shop' }]) {
      for (const id of ['', 'Ab-1_2.x~']) {
        const route = { page: 'sessions', id, filter } as const;
        expect(parseRoute(formatRoute(route))).toEqual(route);
      }
    }
    expect(formatRoute({ page: 'sessions', id: '', filter: noFilter })).toBe('#/sessions');
  });

  it('has defaults for what it cannot mean', () => {
    const wrong = '#/sessions?range=1y&device=watch&country=germany&frustrated=maybe&pages=-1';
    expect(parseRoute(wrong)).toEqual({ page: 'sessions', id: '', filter: noFilter });
  });

  it('is asked of the API by its own names', () => {
    expect(filterQuery(chosen)).toEqual({
      device: 'mobile',
      country: 'DE',
      path: '/a b?',
      frustrated: 'true',
      minPages: '3',
    });
    expect(filterQuery(noFilter)).toEqual({});
  });
});

describe('the list', () => {
  const ids = (list: { rows: readonly SessionRow[] }) => list.rows.map(({ id }) => id).join('');
  const first = withNewest(null, { rows: [rowAt('c', 3), rowAt('b', 2)], next: 'older' });

  it('takes what is new before what it had, each session once and as it is now', () => {
    const longer = withNewest(first, { rows: [rowAt('d', 4), { ...rowAt('c', 3), clicks: 9 }], next: 'x' });
    expect(ids(longer)).toBe('dcb');
    expect(longer.rows[1]?.clicks).toBe(9);
    expect(longer.next).toBe('older');
  });

  it('takes older ones at its end', () => {
    const whole = withOlder(first, { rows: [rowAt('b', 2), rowAt('a', 1)], next: null });
    expect([ids(whole), whole.next]).toEqual(['cba', null]);
  });

  it('begins anew where sessions may be missing in between', () => {
    expect(withNewest(first, { rows: [rowAt('z', 9), rowAt('y', 8)], next: 'n' })).toMatchObject({ next: 'n' });
    expect(ids(withNewest(first, { rows: [rowAt('z', 9), rowAt('y', 8)], next: 'n' }))).toBe('zy');
    // An answer without a next page is all that there is.
    expect(ids(withNewest({ rows: [], next: null }, { rows: [rowAt('z', 9)], next: null }))).toBe('z');
  });
});

const buy = { key: '#buy', label: 'Add to basket', x: 0.5, y: 0.5 };
const event = (what: SessionEvent['what'], at: number, more: Partial<SessionEvent> = {}): SessionEvent => ({
  ...{ at, load: 0, page: '/', what },
  ...more,
});

describe('the words', () => {
  it('say what happened', () => {
    const said = [
      event('click', 0, { element: buy }),
      event('rage', 0, { element: { ...buy, label: '' }, value: 3 }),
      event('hesitation', 0, { element: buy, value: 2_100 }),
      event('scroll', 0, { value: 75 }),
      event('scroll', 0, { value: 40, element: { ...buy, key: '#list', label: '', x: null, y: null } }),
      event('outbound', 0, { value: 'https://www.example.com/a' }),
      event('download', 0, { value: 'https://shop.example/files/prices.pdf' }),
      event('event', 0, { value: 'signed up', properties: { plan: 'pair' } }),
      event('field', 0, { element: { key: '#email', label: '', x: null, y: null }, value: 4_000, changed: true }),
    ].map((one) => eventText(one));
    expect(said).toEqual([
      'clicked “Add to basket”',
      '3 rage clicks on #buy',
      'hesitated 2.1s over “Add to basket”',
      'reached 75% of the page',
      'saw 40% of what #list holds',
      'left for example.com',
      'downloaded prices.pdf',
      'sent “signed up” · plan = pair',
      'was in #email for 4s and changed it',
    ]);
  });

  it('say who, how long and up to when', () => {
    expect(whoText(row)).toBe('Germany · Chrome on Linux · Desktop');
    expect([0, 7_900, 760_000, 3_729_000].map(formatClock)).toEqual(['0:00', '0:07', '12:40', '1:02:09']);
    const answer = { session: row };
    expect(completeText({ ...answer, completeTo: 61_001 }, 'UTC')).toBe('complete');
    expect(completeText({ ...answer, completeTo: 30_000 }, 'UTC')).toBe(
      'complete up to 00:00:30; newer events appear within five minutes',
    );
  });
});

describe('the timeline', () => {
  it('is told by page view, with what was summed up beside it', () => {
    const [home, shop, ...more] = sessionTimeline(
      [
        event('view', 0, { value: 'Morrow' }),
        event('scroll', 1_000, { value: 25 }),
        event('hover', 1_500, { element: buy, value: 400 }),
        event('engaged', 2_000, { value: 2_000 }),
        event('engaged', 3_000, { value: 900 }),
        event('scroll', 3_000, { value: 75 }),
        event('view', 4_000, { page: '/shop', value: 'Shop' }),
        event('leave', 5_000, { page: '/shop' }),
      ],
      false,
    );
    expect(more).toEqual([]);
    expect(home).toMatchObject({ path: '/', title: 'Morrow', engagedMs: 2_900, reached: 75 });
    expect(home?.lines.map(({ text }) => text)).toEqual(['reached 75% of the page']);
    expect(shop).toMatchObject({ path: '/shop', order: 1, lines: [{ text: 'left the page' }] });
  });

  it('tells what repeats in one line, and a burst by its last', () => {
    const events = [
      event('click', 0, { element: buy }),
      event('click', 100, { element: buy }),
      event('click', 200, { element: buy }),
      event('rage', 200, { element: buy, value: 3 }),
      event('click', 300, { element: buy }),
      event('rage', 300, { element: buy, value: 4 }),
      event('dead', 1_300, { element: buy }),
      event('rage', 2_000, { element: buy, value: 3 }),
      event('click', 30_000, { element: buy }),
    ];
    const [view] = sessionTimeline(events, false);
    expect(view?.lines.map(({ text }) => text)).toEqual([
      'clicked “Add to basket”, 4 times',
      '4 rage clicks on “Add to basket”',
      'clicked “Add to basket” in vain: nothing followed',
      '3 rage clicks on “Add to basket”',
      'clicked “Add to basket”',
    ]);
  });

  it('tells pointing at things where the reader wants it', () => {
    const events = [event('view', 0), event('hover', 900, { element: buy, value: 700 })];
    const texts = (hasHovers: boolean) => sessionTimeline(events, hasHovers)[0]?.lines.map(({ text }) => text);
    expect([texts(false), texts(true)]).toEqual([[], ['hovered 0.7s over “Add to basket”']]);
  });

  it('shows the time in which nothing is told', () => {
    const views = sessionTimeline(
      [
        event('view', 0),
        event('click', 14_000, { element: buy }),
        event('hide', 40_000),
        event('view', 100_000, { load: 1 }),
      ],
      false,
    );
    expect(views.map(({ gapMs, lines }) => [gapMs, ...lines.map((line) => line.gapMs)])).toEqual([
      [0, 0, 26_000],
      [60_000],
    ]);
  });

  it('tells two tabs apart, and a page that was come back to from them', () => {
    const views = sessionTimeline(
      [
        event('view', 0),
        event('view', 10_000, { load: 1, page: '/shop' }),
        event('leave', 10_100),
        event('click', 12_000, { load: 1, page: '/shop', element: buy }),
        event('view', 20_000, { value: 'again' }),
        event('view', 30_000, { load: 2, page: '/docs' }),
        event('click', 40_000, { element: buy }),
      ],
      false,
    );
    expect(views.map(({ load, order, isBeside }) => [load, order, isBeside])).toEqual([
      [0, 0, false],
      [1, 0, false],
      [0, 1, false],
      [2, 0, true],
    ]);
  });
});
