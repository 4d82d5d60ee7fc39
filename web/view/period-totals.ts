import type { SeriesPoint } from '../../functions/contract/answer.ts';
import { seriesName } from '../../functions/contract/counter.ts';

/** The numbers of a period, be it one hour or thirty days. */
export interface PeriodTotals {
  pageViews: number;
  /** Of one day: unique. Of several: daily visitors, summed. */
  visitors: number;
  sessions: number;
  bounces: number;
  engagedMs: number;
  /** Of the sessions that began in it, from their first event to their last. */
  durationMs: number;
}

export const noTotals: PeriodTotals = {
  pageViews: 0,
  visitors: 0,
  sessions: 0,
  bounces: 0,
  engagedMs: 0,
  durationMs: 0,
};

export function addTotals(a: PeriodTotals, b: PeriodTotals): PeriodTotals {
  return {
    pageViews: a.pageViews + b.pageViews,
    visitors: a.visitors + b.visitors,
    sessions: a.sessions + b.sessions,
    bounces: a.bounces + b.bounces,
    engagedMs: a.engagedMs + b.engagedMs,
    durationMs: a.durationMs + b.durationMs,
  };
}

/** Of one hour item. New visitors, not visitors: those add up over the hours of a day. */
export function hourTotals(counters: Record<string, number>): PeriodTotals {
  const of = (name: string) => counters[name] ?? 0;
  return {
    pageViews: of(seriesName.pageViews),
    visitors: of(seriesName.newVisitors),
    sessions: of(seriesName.sessions),
    bounces: of(seriesName.bounced) - of(seriesName.unbounced),
    engagedMs: of(seriesName.engagedMs),
    durationMs: of(seriesName.durationMs),
  };
}

/** Of one day of `/series`. */
export function pointTotals(point: SeriesPoint): PeriodTotals {
  const { pageViews, visitors, sessions = 0, bounces = 0, engagedMs = 0, durationMs = 0 } = point;
  return { pageViews, visitors, sessions, bounces, engagedMs, durationMs };
}
