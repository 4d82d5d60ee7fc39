/** What a trend can be of: which counts it is made of, and by which test a change of it is told from chance. */
import type { TrendDay } from '../../functions/contract/trends-answer.ts';
import { formatDuration } from './number-format.ts';

/**
 * `shares`: each session or view counts at most once (`share-test.ts`). `rates`: a view may have several (`rate-test.ts`). `days`: a
 * mean, of whose spread only the days tell (`rank-test.ts`).
 */
export type TrendTest = 'shares' | 'rates' | 'days';

export interface TrendMeasure {
  name: string;
  title: string;
  /** What `part` is divided by, for the reader. */
  of: 'view' | 'session';
  test: TrendTest;
  part: (day: TrendDay) => number | null;
  format: (value: number) => string;
  /** What of a unit the axis counts in whole numbers: 1 000 ms, a hundredth. */
  step: number;
}

const tenth = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 });
const hundredth = new Intl.NumberFormat('en-US', { maximumFractionDigits: 2 });
const percent = (value: number) => `${tenth.format(100 * value)}%`;
const perHundred = (value: number) => hundredth.format(100 * value);

const share = { test: 'shares', format: percent, step: 0.01 } as const;
const touch = { of: 'view', test: 'rates', format: perHundred, step: 0.0001 } as const;

/** In the order in which they are shown. What the answer does not tell is left out. */
export const trendMeasures: readonly TrendMeasure[] = [
  {
    name: 'engaged',
    title: 'Engaged time per view',
    ...{ of: 'view', test: 'days', step: 1_000 },
    part: ({ engagedMs }) => engagedMs,
    format: formatDuration,
  },
  { name: 'half', title: 'Views that reach 50%', of: 'view', ...share, part: ({ reachedHalf }) => reachedHalf },
  { name: 'end', title: 'Views that reach 90%', of: 'view', ...share, part: ({ reachedEnd }) => reachedEnd },
  { name: 'bounce', title: 'Bounce rate', of: 'session', ...share, part: ({ bounces }) => bounces },
  {
    name: 'duration',
    title: 'Session length',
    ...{ of: 'session', test: 'days', step: 1_000 },
    part: ({ durationMs }) => durationMs,
    format: formatDuration,
  },
  {
    name: 'pages',
    title: 'Pages per session',
    ...{ of: 'session', test: 'days', step: 0.01 },
    part: ({ sessions, pageViews }) => (sessions === null ? null : pageViews),
    format: (value) => hundredth.format(value),
  },
  { name: 'entries', title: 'Views that begin a session', of: 'view', ...share, part: ({ entries }) => entries },
  { name: 'exits', title: 'Views that end a session', of: 'view', ...share, part: ({ exits }) => exits },
  { name: 'rage', title: 'Rage clicks per 100 views', ...touch, part: ({ rage }) => rage },
  { name: 'dead', title: 'Dead clicks per 100 views', ...touch, part: ({ dead }) => dead },
  { name: 'hesitations', title: 'Hesitations per 100 views', ...touch, part: ({ hesitations }) => hesitations },
];

export function wholeOf({ of }: TrendMeasure, { pageViews, sessions }: TrendDay): number {
  return of === 'view' ? pageViews : (sessions ?? 0);
}
