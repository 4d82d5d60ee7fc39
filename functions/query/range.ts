/**
 * The range that an answer is really about. What was asked for is widened to whole units, and cut at what is still kept and at
 * the unit that holds now: nothing older or newer is known, and an answer must not look as if it were.
 */
import type { AnswerRange, SeriesUnit } from '../contract/answer.ts';
import { dayMs, dayStart, daysBetween, hourMs, hourStart, localDay, minuteMs } from '../contract/time-unit.ts';
import { ApiError } from './api-error.ts';
import { dayAfter, endOf, type RangeEdge, startOf } from './range-edge.ts';

/** How long a range may be, by unit, and for how long the items of a unit are kept. */
export const rangeMaxMs: Record<SeriesUnit, number> = { minute: 2 * dayMs, hour: 90 * dayMs, day: 400 * dayMs };
export const keptMs: Record<SeriesUnit, number> = rangeMaxMs;

export interface RangeWish {
  from: RangeEdge | null;
  to: RangeEdge | null;
}

/** The start of the unit that holds `at`, and of the one after it. */
export function unitStart(at: number, unit: SeriesUnit, zone: string): number {
  if (unit === 'minute') return Math.floor(at / minuteMs) * minuteMs;
  return unit === 'hour' ? hourStart(at, zone) : dayStart(localDay(at, zone), zone);
}
export function unitAfter(start: number, unit: SeriesUnit, zone: string): number {
  if (unit === 'minute') return start + minuteMs;
  if (unit === 'day') return dayStart(dayAfter(localDay(start, zone)), zone);
  // Where clocks go back by less than an hour, the next local hour begins before this one is an hour old.
  return Math.max(hourStart(start + hourMs, zone), start + 1);
}
/** `at` where a unit begins there, else the start of the next one. */
export function unitEnd(at: number, unit: SeriesUnit, zone: string): number {
  const start = unitStart(at, unit, zone);
  return start === at ? at : unitAfter(start, unit, zone);
}

/**
 * `unit`: whole units of it are used. `kept`: for how long the items behind it are kept, where not as long as the unit's own.
 * @throws ApiError 400 `bad-range` when it does not begin before it ends, `range-too-long` beyond `rangeMaxMs`.
 */
export function rangeOf(
  wish: RangeWish,
  unit: SeriesUnit,
  zone: string,
  now: number,
  kept: number = keptMs[unit],
): AnswerRange {
  const askedTo = wish.to ? endOf(wish.to, zone) : now;
  const askedFrom = wish.from ? startOf(wish.from, zone) : defaultFrom(askedTo, unit, zone);
  if (askedFrom >= askedTo) {
    throw new ApiError(400, 'bad-range', `from (${instantText(askedFrom)}) is not before to (${instantText(askedTo)})`);
  }
  // Local days may be an hour longer than 24 h.
  if (askedTo - askedFrom > rangeMaxMs[unit] + hourMs) {
    const days = rangeMaxMs[unit] / dayMs;
    throw new ApiError(
      400,
      'range-too-long',
      `from and to are more than ${days} days apart: by ${unit}, that is the most`,
    );
  }
  const oldest = unitEnd(now - kept, unit, zone);
  const newest = unitEnd(now, unit, zone);
  const from = Math.max(unitStart(askedFrom, unit, zone), oldest);
  const to = Math.min(unitEnd(askedTo, unit, zone), newest);
  return { from, to: Math.max(from, to), zone };
}

/** The local days that a range touches, oldest first; none for an empty range. */
export function daysOf(range: AnswerRange): string[] {
  return range.to > range.from ? daysBetween(range.from, range.to, range.zone) : [];
}

function defaultFrom(to: number, unit: SeriesUnit, zone: string): number {
  return unit === 'minute' ? to - hourMs : unitStart(to - 1, 'day', zone);
}

function instantText(at: number): string {
  return new Date(at).toISOString();
}
