import { describe, expect, it } from 'vitest';
import { dayMs } from '../../../functions/contract/time-unit.ts';
import type { TrendDay } from '../../../functions/contract/trends-answer.ts';
import { formatRoute, parseRoute } from '../../../web/route.ts';
import { chanceOfRanks } from '../../../web/view/rank-test.ts';
import { chanceOfShares } from '../../../web/view/share-test.ts';
import { comparedText, trendMax, trendsOf } from '../../../web/view/trends.ts';
import { Random } from '../../simulate/random.ts';

describe('the chance that two shares are one', () => {
  it('is as worked out by hand', () => {
    // p = 0.375: z = 0.15 / sqrt(0.375 × 0.625 × 0.02) = 2.19089.
    const [one, other] = [
      { part: 45, whole: 100 },
      { part: 30, whole: 100 },
    ];
    expect(chanceOfShares(one, other)).toBeCloseTo(0.028459, 5);
    expect(chanceOfShares(other, one)).toBeCloseTo(0.028459, 5);
    expect(chanceOfShares(one, one)).toBeCloseTo(1, 6);
  });

  it('is not told from too little, of all or of none', () => {
    expect(chanceOfShares({ part: 4, whole: 10 }, { part: 1, whole: 10 })).toBeNull();
    expect(chanceOfShares({ part: 100, whole: 100 }, { part: 90, whole: 90 })).toBeNull();
    expect(chanceOfShares({ part: 0, whole: 0 }, { part: 50, whole: 100 })).toBeNull();
    expect(chanceOfShares({ part: 0, whole: 0 }, { part: 0, whole: 0 })).toBeNull();
  });
});

describe('the chance that days are alike', () => {
  // Of 252 orders of five and five values, so many have a U at least as far out (Mann and Whitney's table: 0.004, 0.048).
  it.each([
    [[1, 2, 3, 4, 5], [6, 7, 8, 9, 10], 2 / 252],
    [[1, 2, 3, 5, 8], [4, 6, 7, 9, 10], 24 / 252],
    [[1, 2, 3], [4, 5, 6], 2 / 20],
    [[1, 4], [2, 3], 1],
  ])('is counted: %j and %j', (first, second, chance) => {
    expect(chanceOfRanks(first, second)).toBeCloseTo(chance, 12);
    expect(chanceOfRanks(second, first)).toBeCloseTo(chance, 12);
  });

  it('is 1 of equal days, and null without any', () => {
    expect(chanceOfRanks([3, 3, 3], [3, 3])).toBe(1);
    expect(chanceOfRanks([], [1])).toBeNull();
  });

  it('is counted as well of as many days as are kept', () => {
    const days = (from: number) => Array.from({ length: 45 }, (_, index) => from + index);
    expect(Math.abs(chanceOfRanks(days(0), days(45)) ?? 1)).toBeLessThan(1e-12);
    expect(chanceOfRanks(days(0), days(0.5))).toBeGreaterThan(0.8);
  });

  it('calls days different by chance no more often than it says', () => {
    const random = new Random(7);
    const days = () => Array.from({ length: 7 }, () => random.next());
    const called = Array.from({ length: 2_000 }, () => chanceOfRanks(days(), days()) ?? 1).filter((p) => p < 0.01);
    expect(called.length).toBeLessThan(2_000 * 0.02);
  });
});

const start = Date.parse('2026-11-09T00:00Z');
const dayOf = (index: number, counts: Partial<TrendDay> = {}): TrendDay => ({
  at: start + index * dayMs,
  ...{ pageViews: 1_000, engagedMs: 1_000 * (20_000 + 100 * index), reachedHalf: 500, reachedEnd: 200 },
  ...{ rage: 2, dead: 10, hesitations: 30, sessions: 400, bounces: 160, durationMs: 400 * 60_000 },
  ...{ entries: null, exits: null, ...counts },
});
const fortnight = (second: Partial<TrendDay> = {}, first: Partial<TrendDay> = {}) => ({
  from: start + 7 * dayMs,
  days: Array.from({ length: 14 }, (_, index) => dayOf(index, index < 7 ? first : second)),
});
const of = (name: string, answer: ReturnType<typeof fortnight>) =>
  trendsOf(answer).find(({ measure }) => measure.name === name);
const sentences = (answer: ReturnType<typeof fortnight>) =>
  trendsOf(answer).flatMap(({ sentence }) => (sentence === '' ? [] : [sentence]));

describe('trends', () => {
  it('say nothing where nothing changed, and what did where it did', () => {
    expect(sentences(fortnight({ engagedMs: 20_000_000 }, { engagedMs: 20_000_000 }))).toEqual([]);
    expect(sentences(fortnight({ bounces: 120, rage: 9 }, {}))).toEqual([
      'Engaged time per view rose from 20s to 21s: more than chance explains (p = 0.004).',
      'Bounce rate fell from 40% to 30%: more than chance explains (p < 0.001).',
      'Rage clicks per 100 views rose from 0.2 to 0.9: more than chance explains (p < 0.001).',
    ]);
  });

  it('say nothing of what may be chance among so many measures', () => {
    const answer = fortnight({ dead: 13, engagedMs: 1 }, { engagedMs: 1 });
    expect(of('dead', answer)).toMatchObject({ before: 0.01, now: 0.013, sentence: '' });
    expect(of('dead', answer)?.chance).toBeGreaterThan(0.01);
  });

  it('weigh days by their views, and leave out those without', () => {
    const days = [dayOf(0, { pageViews: 0, engagedMs: 0 }), dayOf(1), dayOf(7), dayOf(8, { pageViews: 3_000 })];
    const trend = of('half', { from: start + 7 * dayMs, days });
    expect(trend).toMatchObject({ before: 0.5, now: 0.25 });
    expect(trend?.points.map(({ value, isBefore }) => [value, isBefore])).toEqual([
      [null, true],
      [0.5, true],
      [0.5, false],
      [500 / 3_000, false],
    ]);
  });

  it('claim nothing against days on which it was not counted yet', () => {
    const trend = of('hesitations', fortnight({}, { hesitations: null }));
    expect(trend).toMatchObject({ before: null, now: 0.03, chance: null, sentence: '' });
  });

  it('are of what is counted of the site, or of a page', () => {
    const names = (counts: Partial<TrendDay>) => trendsOf(fortnight(counts, counts)).map(({ measure }) => measure.name);
    const both = ['rage', 'dead', 'hesitations'];
    expect(names({})).toEqual(['engaged', 'half', 'end', 'bounce', 'duration', 'pages', ...both]);
    expect(names({ sessions: null, bounces: null, durationMs: null, entries: 1, exits: 2 })).toEqual([
      ...['engaged', 'half', 'end', 'entries', 'exits', ...both],
    ]);
  });

  it('count no more views as read than there were', () => {
    expect(of('half', fortnight({ reachedHalf: 1_100 }))?.chance).not.toBeNaN();
  });

  it('have a chart that ends above its largest day, and not at nothing', () => {
    const trend = of('rage', fortnight({ rage: 0 }, { rage: 0 }));
    expect(trend && trendMax(trend)).toBeGreaterThan(0);
    const bounce = of('bounce', fortnight());
    expect(bounce && trendMax(bounce)).toBeCloseTo(0.4);
  });

  it('say which days they compare', () => {
    const zone = 'UTC';
    const range = { from: start, to: start + 7 * dayMs, zone };
    expect(comparedText({ ...range, before: { from: start - 7 * dayMs, to: start } })).toBe(
      '9 Nov – 15 Nov, beside 2 Nov – 8 Nov (paler).',
    );
    expect(comparedText({ ...range, before: { from: start, to: start } })).toContain('nothing is kept any more');
  });

  it('have an address of their own', () => {
    const route = { page: 'trends', path: '/a b?', range: '30d' } as const;
    expect(parseRoute(formatRoute(route))).toEqual(route);
    expect(parseRoute('#/trends')).toEqual({ page: 'trends', path: '', range: '7d' });
    expect(formatRoute(parseRoute('#/trends'))).toBe('#/trends?range=7d');
  });
});
