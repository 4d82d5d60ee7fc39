/** What loads by bucket tell of a Web Vital. Pure. */
import { vitalName } from '../contract/counter.ts';
import type { Device } from '../contract/record.ts';
import { type Vital, vitalBucket, vitalScales, vitals } from '../contract/vital.ts';
import type { VitalBucket, VitalDistribution, VitalFigures } from '../contract/vitals-answer.ts';

/** Loads by bucket. */
export type VitalCounts = Record<Vital, number[]>;

export function noVitalCounts(): VitalCounts {
  const zeros = (vital: Vital) => Array<number>(vitalScales[vital].edges.length + 1).fill(0);
  return { lcp: zeros('lcp'), inp: zeros('inp'), cls: zeros('cls') };
}

/** Adds those of a page item. */
export function addPageItem(counts: VitalCounts, item: Record<string, number>, devices: readonly Device[]): void {
  for (const vital of vitals) {
    for (const bucket of counts[vital].keys()) {
      const loads = devices.reduce((sum, device) => sum + (item[vitalName(device, vital, bucket)] ?? 0), 0);
      counts[vital][bucket] = (counts[vital][bucket] ?? 0) + loads;
    }
  }
}
export function addCounts(counts: VitalCounts, others: VitalCounts): void {
  for (const vital of vitals) {
    for (const [bucket, loads] of others[vital].entries()) counts[vital][bucket] = (counts[vital][bucket] ?? 0) + loads;
  }
}

export function vitalFigures(vital: Vital, { [vital]: counts }: VitalCounts): VitalFigures {
  const { goodMax, poorAbove } = vitalScales[vital];
  const sum = (from: number, to: number) => counts.slice(from, to).reduce((total, loads) => total + loads, 0);
  const [good, fair] = [vitalBucket(vital, goodMax) + 1, vitalBucket(vital, poorAbove) + 1];
  return {
    loads: sum(0, counts.length),
    good: sum(0, good),
    needsImprovement: sum(good, fair),
    poor: sum(fair, counts.length),
    p75: percentile(bucketsOf(vital, counts), 0.75),
  };
}
export function vitalDistribution(vital: Vital, counts: VitalCounts): VitalDistribution {
  return { ...vitalFigures(vital, counts), buckets: bucketsOf(vital, counts[vital]) };
}

/** In what is shown: ms, or the score. What is measured is never below 0, so the first bucket begins there. */
function bucketsOf(vital: Vital, counts: readonly number[]): VitalBucket[] {
  const { edges, perUnit } = vitalScales[vital];
  return counts.map((loads, index) => {
    const to = edges[index];
    return { from: (edges[index - 1] ?? 0) / perUnit, to: to === undefined ? null : to / perUnit, loads };
  });
}

/**
 * As Prometheus' `histogram_quantile` has it: loads are taken to lie evenly within their bucket, and what lies in the last one is
 * given as its beginning. https://prometheus.io/docs/prometheus/latest/querying/functions/#histogram_quantile
 * Since thresholds are edges, it is good exactly if that share of loads is.
 */
function percentile(buckets: readonly VitalBucket[], share: number): number | null {
  let left = share * buckets.reduce((sum, { loads }) => sum + loads, 0);
  if (left === 0) return null;
  for (const { from, to, loads } of buckets) {
    if (left <= loads) return to === null ? from : from + (left / loads) * (to - from);
    left -= loads;
  }
  throw new Error('a share of the loads is more than all of them');
}
