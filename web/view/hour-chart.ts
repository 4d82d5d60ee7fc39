import { parseHourText } from '../../functions/contract/counter.ts';
import { dayStart, hourMs, hourStart, localDay } from '../../functions/contract/time-unit.ts';
import type { ChartPoint } from './minute-chart.ts';
import { hourTotals } from './period-totals.ts';

/** The hours of the site's day up to that of `asOf`, oldest first; those without an item are zero. Visitors are new ones. */
export function hourChart(
  hours: readonly { sk: string; counters: Record<string, number> }[],
  asOf: number,
  zone: string,
): ChartPoint[] {
  const points = new Map<number, ChartPoint>();
  const last = hourStart(asOf, zone);
  let at = dayStart(localDay(asOf, zone), zone);
  while (at <= last) {
    points.set(at, { at, pageViews: 0, visitors: 0 });
    // Where clocks go back, the next local hour begins before this one is an hour old.
    at = Math.max(hourStart(at + hourMs, zone), at + 1);
  }
  for (const { sk, counters } of hours) {
    const { pageViews, visitors } = hourTotals(counters);
    points.set(parseHourText(sk), { at: parseHourText(sk), pageViews, visitors });
  }
  return [...points.values()].sort((a, b) => a.at - b.at);
}
