import { liveMinuteOf } from '../../functions/contract/active.ts';
import { minuteName } from '../../functions/contract/counter.ts';
import { minuteMs, minuteOf } from '../../functions/contract/time-unit.ts';

export interface ChartPoint {
  /** When the column's unit begins, ms since the epoch. */
  at: number;
  pageViews: number;
  visitors: number;
}

export const chartMinutes = 60;

/** Page views by minute, oldest first; the last one is the minute of `asOf`, which is not over yet. */
export function minuteChart(
  items: Iterable<{ pk: string; counters: Record<string, number> }>,
  asOf: number,
): ChartPoint[] {
  const newest = minuteOf(asOf);
  const points = Array.from({ length: chartMinutes }, (_, index) => ({
    at: (newest - chartMinutes + 1 + index) * minuteMs,
    pageViews: 0,
    visitors: 0,
  }));
  for (const { pk, counters } of items) {
    const minute = liveMinuteOf(pk);
    const point = minute === null ? undefined : points[minute - (newest - chartMinutes + 1)];
    if (!point) continue;
    point.pageViews += counters[minuteName.pageViews] ?? 0;
    point.visitors += counters[minuteName.visitors] ?? 0;
  }
  return points;
}
