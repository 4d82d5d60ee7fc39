import { describe, expect, it } from 'vitest';
import { formatRoute, parseRoute } from '../../../web/route.ts';
import { goalColumns, sinceText, targetText } from '../../../web/view/goal-text.ts';
import { moved, without } from '../../../web/view/in-list.ts';

const at = Date.parse('2026-11-23T00:00:00Z');
const hour = 3_600_000;

describe('the goals page', () => {
  it('is named by its address, with the days that it shows', () => {
    for (const range of ['today', '30d', '2026-11-01..2026-11-07'] as const) {
      expect(parseRoute(formatRoute({ page: 'goals', range }))).toEqual({ page: 'goals', range });
    }
    expect(parseRoute('#/goals?range=never')).toEqual({ page: 'goals', range: 'today' });
  });

  it('says what a goal is reached by, and since when it is counted where that is news', () => {
    expect(targetText({ what: 'page', match: '/thanks' })).toBe('Page /thanks');
    expect(targetText({ what: 'outbound', match: '*' })).toBe('any link out');
    expect(sinceText(at + hour, at, 'Europe/Berlin')).toBe('counted since 23 Nov, 02:00');
    expect([sinceText(at, at, 'UTC'), sinceText(null, at, 'UTC')]).toEqual(['', '']);
  });

  it('labels hours of one day by their time, and of two by their day, too; the last one is open while it runs', () => {
    const points = (count: number) =>
      Array.from({ length: count }, (_, index) => ({ at: at + index * hour, conversions: index }));
    expect(goalColumns({ points: points(2) }, 'hour', at + 1.5 * hour, 'UTC')).toEqual([
      { label: '00:00', value: 0, isOpen: false },
      { label: '01:00', value: 1, isOpen: true },
    ]);
    expect(goalColumns({ points: points(48) }, 'hour', at + 49 * hour, 'UTC').at(-1)).toEqual({
      label: '24 Nov, 23:00',
      value: 47,
      isOpen: false,
    });
    expect(goalColumns({ points: points(1) }, 'day', at + 23 * hour, 'UTC')).toEqual([
      { label: '23 Nov', value: 0, isOpen: true },
    ]);
  });
});

describe('a list that is edited', () => {
  it('loses one entry, or has one at another place', () => {
    expect(without(['a', 'b', 'c'], 1)).toEqual(['a', 'c']);
    expect(moved(['a', 'b', 'c'], 0, 1)).toEqual(['b', 'a', 'c']);
    expect(moved(['a', 'b', 'c'], 2, 1)).toEqual(['a', 'c', 'b']);
  });
});
