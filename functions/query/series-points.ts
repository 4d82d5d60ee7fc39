/** Points of a series, made of items that were read. Pure. */
import type { AnswerRange, SeriesPoint } from '../contract/answer.ts';
import { minuteName, parseHourText, seriesName, type Totals } from '../contract/counter.ts';
import { unitAfter, unitStart } from './range.ts';

/** One point for each unit of the range, all zero, by its start. */
function zeroPoints(range: AnswerRange, unit: 'hour' | 'day'): Map<number, SeriesPoint> {
  const points = new Map<number, SeriesPoint>();
  for (let at = range.from; at < range.to; at = unitAfter(at, unit, range.zone)) {
    points.set(at, hourPoint(at, {}));
  }
  return points;
}

/** Visitors are unique in the minute; its pages stand in several items. */
export function minutePoint(at: number, items: Totals[]): SeriesPoint {
  const sum = (name: string) => items.reduce((total, { counters }) => total + (counters[name] ?? 0), 0);
  return { at, pageViews: sum(minuteName.pageViews), visitors: sum(minuteName.visitors) };
}

/** Visitors unique in each hour. `items`: hour items; those outside the range are left out. */
export function hourPoints(range: AnswerRange, items: Totals[]): SeriesPoint[] {
  const points = zeroPoints(range, 'hour');
  for (const { key, counters } of items) {
    const at = parseHourText(key.sk);
    if (at >= range.from && at < range.to) points.set(at, hourPoint(at, counters));
  }
  return inOrder(points);
}

/**
 * Days by summing their hours. A visitor of two hours is in both, but new today in one: a day's visitors are the sum of its
 * hours' new visitors, each counted once a day. Over several days that is "daily visitors, summed".
 */
export function dayPoints(range: AnswerRange, items: Totals[]): SeriesPoint[] {
  const points = zeroPoints(range, 'day');
  for (const { key, counters } of items) {
    const day = points.get(unitStart(parseHourText(key.sk), 'day', range.zone));
    if (!day) continue;
    const { at: _at, ...hour } = hourPoint(day.at, counters);
    for (const name of Object.keys(hour) as (keyof typeof hour)[]) day[name] = (day[name] ?? 0) + (hour[name] ?? 0);
    day.visitors = day.newVisitors ?? 0;
  }
  return inOrder(points);
}

function hourPoint(at: number, counters: Record<string, number>): Required<SeriesPoint> {
  const value = (name: string) => counters[name] ?? 0;
  return {
    at,
    pageViews: value(seriesName.pageViews),
    visitors: value(seriesName.visitors),
    newVisitors: value(seriesName.newVisitors),
    sessions: value(seriesName.sessions),
    bounces: value(seriesName.bounced) - value(seriesName.unbounced),
    engagedMs: value(seriesName.engagedMs),
    durationMs: value(seriesName.durationMs),
    events: value(seriesName.events),
    rage: value(seriesName.rage),
    dead: value(seriesName.dead),
    hesitations: value(seriesName.hesitations),
  };
}

function inOrder(points: Map<number, SeriesPoint>): SeriesPoint[] {
  return [...points.values()].sort((a, b) => a.at - b.at);
}
