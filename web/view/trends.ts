/** How visits changed against the days before: a value for each measure and day, and a sentence where the change is clear. Pure. */
import type { TrendDay, TrendsAnswer } from '../../functions/contract/trends-answer.ts';
import { niceMax } from './chart-scale.ts';
import { chanceMax, chanceText } from './compare-elements.ts';
import { chanceOfRanks } from './rank-test.ts';
import { adjusted, chanceOf } from './rate-test.ts';
import { chanceOfShares } from './share-test.ts';
import { formatDay } from './time-format.ts';
import { type TrendMeasure, type TrendTest, trendMeasures, wholeOf } from './trend-measures.ts';

export interface TrendPoint {
  at: number;
  /** Null: there was nothing to take it of, or it was not counted. */
  value: number | null;
  isBefore: boolean;
}

export interface Trend {
  measure: TrendMeasure;
  points: TrendPoint[];
  /** Of all days of the range, and of those before it; null: not known. */
  now: number | null;
  before: number | null;
  /** That a difference like this, among so many measures, is chance; null: too little data. */
  chance: number | null;
  /** '' where the change may be chance. */
  sentence: string;
}

interface Sum {
  part: number;
  whole: number;
  /** Of each day that has one. */
  values: number[];
}

export function trendsOf({ days, from }: Pick<TrendsAnswer, 'days' | 'from'>): Trend[] {
  const trends = trendMeasures
    .filter(({ part }) => days.some((day) => part(day) !== null))
    .map((measure) => trendOf(measure, days, from));
  const asked = trends.filter(({ chance }) => chance !== null);
  for (const [index, chance] of adjusted(asked.map(({ chance }) => chance ?? 1)).entries()) {
    const trend = asked[index];
    if (trend) Object.assign(trend, { chance, sentence: sentenceOf(trend, chance) });
  }
  return trends;
}

function trendOf(measure: TrendMeasure, days: readonly TrendDay[], from: number): Trend {
  const [before, now] = [
    sumOf(
      measure,
      days.filter(({ at }) => at < from),
    ),
    sumOf(
      measure,
      days.filter(({ at }) => at >= from),
    ),
  ];
  return {
    measure,
    points: days.map((day) => ({ at: day.at, value: dayValue(measure, day), isBefore: day.at < from })),
    now: ratio(now.part, now.whole),
    before: ratio(before.part, before.whole),
    chance: now.whole > 0 && before.whole > 0 ? tests[measure.test](before, now) : null,
    sentence: '',
  };
}

/** Over the days on which it was counted. */
function sumOf(measure: TrendMeasure, days: readonly TrendDay[]): Sum {
  const sum: Sum = { part: 0, whole: 0, values: [] };
  for (const day of days) {
    const part = measure.part(day);
    const value = dayValue(measure, day);
    if (part === null || value === null) continue;
    sum.part += part;
    sum.whole += wholeOf(measure, day);
    sum.values.push(value);
  }
  return sum;
}

function dayValue(measure: TrendMeasure, day: TrendDay): number | null {
  const part = measure.part(day);
  return part === null ? null : ratio(part, wholeOf(measure, day));
}

function ratio(part: number, whole: number): number | null {
  return whole > 0 ? part / whole : null;
}

const tests: Record<TrendTest, (before: Sum, now: Sum) => number | null> = {
  shares: (before, now) => chanceOfShares(atMostWhole(before), atMostWhole(now)),
  rates: (before, now) =>
    chanceOf({ clicks: before.part, views: before.whole }, { clicks: now.part, views: now.whole }),
  days: (before, now) => chanceOfRanks(before.values, now.values),
};

/** What belongs to a view of before midnight, and came after it, counts on the day on which it came. */
function atMostWhole({ part, whole }: Sum) {
  return { part: Math.min(part, whole), whole };
}

function sentenceOf({ measure: { title, format }, before, now }: Trend, chance: number): string {
  if (chance >= chanceMax || before === null || now === null || format(before) === format(now)) return '';
  const went = now > before ? 'rose' : 'fell';
  return `${title} ${went} from ${format(before)} to ${format(now)}: ${chanceText(chance)}.`;
}

/** The end of the chart's axis: above 0, and a round number of the measure's steps. */
export function trendMax({ measure: { step }, points }: Trend): number {
  return niceMax(Math.max(0, ...points.map(({ value }) => value ?? 0)) / step) * step;
}

/** What is compared with what: "17 Nov – 23 Nov, today so far, beside 10 Nov – 16 Nov." */
export function comparedText({
  from,
  to,
  before,
  zone,
}: Pick<TrendsAnswer, 'from' | 'to' | 'before' | 'zone'>): string {
  const days = (start: number, end: number) => {
    const [first, last] = [formatDay(start, zone), formatDay(end - 1, zone)];
    return first === last ? first : `${first} – ${last}`;
  };
  if (before.from >= before.to) return `${days(from, to)}. Of the days before, nothing is kept any more.`;
  return `${days(from, to)}, beside ${days(before.from, before.to)} (paler).`;
}
