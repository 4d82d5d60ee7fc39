/**
 * Web Vitals: how fast a page shows what it is about (LCP), how long it lets people wait for what they did (INP), and how much of it
 * moves under their eyes (CLS). Values of single loads are not kept: a page's day counts loads by bucket, since counters only grow.
 *
 * Thresholds: https://web.dev/articles/defining-core-web-vitals-thresholds
 */

/** In the order of the event's fields (`event.ts`). */
export const vitals = ['lcp', 'inp', 'cls'] as const;
export type Vital = (typeof vitals)[number];

export interface VitalScale {
  /** What is measured, per unit of what is shown: LCP and INP are shown in ms, CLS as a score. */
  perUnit: number;
  /** A load is good up to here, and poor beyond `poorAbove`. Both are edges. */
  goodMax: number;
  poorAbove: number;
  /** Where buckets end, included, in what is measured; a last one has what is beyond. */
  edges: readonly number[];
}

/** Ten buckets each: three device classes of three vitals are at most 90 counters of a page's day, some 600 bytes. */
export const vitalScales: Record<Vital, VitalScale> = {
  lcp: {
    perUnit: 1,
    goodMax: 2_500,
    poorAbove: 4_000,
    edges: [500, 1_000, 1_500, 2_000, 2_500, 3_000, 4_000, 6_000, 10_000],
  },
  inp: {
    perUnit: 1,
    goodMax: 200,
    poorAbove: 500,
    edges: [50, 100, 150, 200, 300, 400, 500, 1_000, 2_000],
  },
  // Most pages do not move at all: that has a bucket of its own.
  cls: {
    perUnit: 10_000,
    goodMax: 1_000,
    poorAbove: 2_500,
    edges: [0, 250, 500, 750, 1_000, 1_500, 2_000, 2_500, 5_000],
  },
};

/** The bucket of a measured value, 0..9. */
export function vitalBucket(vital: Vital, value: number): number {
  const { edges } = vitalScales[vital];
  const found = edges.findIndex((edge) => value <= edge);
  return found < 0 ? edges.length : found;
}
