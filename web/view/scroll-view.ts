import type { ScrollReach } from '../../functions/contract/answer.ts';

export interface ScrollStep {
  /** Percent of the page's height, 0, 10 … 90. */
  from: number;
  /** How many views saw something below that. */
  reached: number;
  /** Of all views, 0..1. */
  share: number;
  /** Time that the ten percent were in view, all views together. */
  msInView: number;
}

/** Twenty bands told as ten: reach of a pair is that of its upper half, time is that of both. */
export function scrollSteps({ views, bands }: Pick<ScrollReach, 'views' | 'bands'>): ScrollStep[] {
  const steps: ScrollStep[] = [];
  for (let index = 0; index + 1 < bands.length; index += 2) {
    const [upper, lower] = bands.slice(index, index + 2);
    if (!upper || !lower) break;
    steps.push({
      from: Math.round(upper.from * 100),
      reached: upper.reached,
      share: views > 0 ? Math.min(1, upper.reached / views) : 0,
      msInView: upper.msInView + lower.msInView,
    });
  }
  return steps;
}
