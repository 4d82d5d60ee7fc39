/** The ranges of a map: the quick ones, or days that the reader chose. */
import { dayMs, dayStart } from '../../functions/contract/time-unit.ts';
import { type DateRange, isDateRange, spanOf } from './date-range.ts';

/** `2026-11-01..2026-11-07`: local days of the site, both included. */
export type DaySpan = `${string}..${string}`;
export type MapRange = DateRange | DaySpan;

/** As long as hours are kept. */
export const daysMax = 90;

/** Null for what is no quick range, and not two dates of which the first is not after the last, `daysMax` days at most. */
export function parseMapRange(text: string | null): MapRange | null {
  if (isDateRange(text)) return text;
  const [first = '', last = '', more] = (text ?? '').split('..');
  return more === undefined ? daySpan(first, last) : null;
}

export function daySpan(first: string, last: string): DaySpan | null {
  const days = (noonOf(last) - noonOf(first)) / dayMs + 1;
  return days >= 1 && days <= daysMax ? `${first}..${last}` : null;
}

/** NaN for a date that does not exist: the runtime reads 31 February as 3 March. */
function noonOf(day: string): number {
  const at = /^2\d{3}-\d\d-\d\d$/.test(day) ? Date.parse(`${day}T12:00:00Z`) : Number.NaN;
  return Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== day ? Number.NaN : at;
}

/** From the first instant of the first day up to the end of the last, but not beyond `now`; ms since the epoch. */
export function mapSpanOf(range: MapRange, now: number, zone: string): { from: number; to: number } {
  if (isDateRange(range)) return spanOf(range, now, zone);
  const [first = '', last = ''] = range.split('..');
  const after = new Date(noonOf(last) + dayMs).toISOString().slice(0, 10);
  const from = dayStart(first, zone);
  // Days that are yet to come have nothing: the API says so of a range that is not empty.
  return { from, to: Math.max(from + 1, Math.min(now, dayStart(after, zone))) };
}
