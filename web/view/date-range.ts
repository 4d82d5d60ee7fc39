import { dayMs, dayStart, localDay } from '../../functions/contract/time-unit.ts';

export const dateRanges = ['today', '7d', '30d'] as const;
export type DateRange = (typeof dateRanges)[number];
export const dateRangeLabel: Record<DateRange, string> = { today: 'Today', '7d': '7 days', '30d': '30 days' };
const daysOf: Record<DateRange, number> = { today: 1, '7d': 7, '30d': 30 };

export function isDateRange(text: string | null): text is DateRange {
  return dateRanges.some((range) => range === text);
}

/** From the first instant of the site's day `days` − 1 days ago up to `now` (exclusive), in ms since the epoch. */
export function spanOf(range: DateRange, now: number, zone: string): { from: number; to: number } {
  const today = localDay(now, zone);
  const first = new Date(Date.parse(`${today}T00:00:00Z`) - (daysOf[range] - 1) * dayMs).toISOString().slice(0, 10);
  return { from: dayStart(first, zone), to: now };
}
