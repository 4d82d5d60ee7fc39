/**
 * Whether two shares differ by more than chance: of sessions that bounced, say, or of views that went no further. Each case counts once
 * on its side, so the four counts are a 2 × 2 table, whose chi-square of one degree of freedom is z² with
 * z = (p1 − p2) / sqrt(p (1 − p) (1/n1 + 1/n2)) and p the share of both sides together (K. Pearson, Philosophical Magazine 50, 1900;
 * corrected by R. A. Fisher, Journal of the Royal Statistical Society 85, 1922).
 */
import { expectedMin, twoSided } from './rate-test.ts';

/** `part` of `whole`: cases, and all that could have been one. */
export interface Share {
  part: number;
  whole: number;
}

/** Two-sided p of the test above; null: too little data. */
export function chanceOfShares(one: Share, other: Share): number | null {
  const whole = one.whole + other.whole;
  const p = (one.part + other.part) / whole;
  // Also when a side has nothing: the share is then 0, 1 or not a number.
  if (!(Math.min(one.whole, other.whole) * Math.min(p, 1 - p) >= expectedMin)) return null;
  const z =
    (one.part / one.whole - other.part / other.whole) / Math.sqrt(p * (1 - p) * (1 / one.whole + 1 / other.whole));
  return twoSided(z);
}
