/**
 * Whether two rates of clicks per view differ by more than chance. Clicks are not shares of views (one view may have several), so
 * they are taken as Poisson counts: given that both sides together have n clicks, the first side's are binomial with
 * p = views1 / (views1 + views2) if the rates are the same (J. Przyborowski and H. Wilenski, Biometrika 31, 1940, "Homogeneity of
 * results in testing samples from Poisson series"). Its normal approximation is z = (clicks1 - n p) / sqrt(n p (1 - p)).
 */

/** One side: clicks on an element, and the views in which they could happen. */
export interface Rate {
  clicks: number;
  views: number;
}

/** Below that many expected clicks on a side the approximation is poor (W. G. Cochran, Biometrics 10, 1954). */
export const expectedMin = 5;

/** Two-sided p of the test above; null: too little data. */
export function chanceOf(one: Rate, other: Rate): number | null {
  const clicks = one.clicks + other.clicks;
  const share = one.views / (one.views + other.views);
  const expected = clicks * Math.min(share, 1 - share);
  // Also when a side has no views: the share is then 0, 1 or not a number.
  if (!(expected >= expectedMin)) return null;
  const z = (one.clicks - clicks * share) / Math.sqrt(clicks * share * (1 - share));
  return twoSided(z);
}

/**
 * Chances raised for how many were asked about, in the given order: with each at most `limit`, the chance that any of those named is
 * named wrongly is at most `limit` (S. Holm, Scandinavian Journal of Statistics 6, 1979).
 */
export function adjusted(chances: readonly number[]): number[] {
  const order = chances.map((chance, index) => ({ chance, index })).sort((a, b) => a.chance - b.chance);
  const result = new Array<number>(chances.length).fill(1);
  let largest = 0;
  for (const [rank, { chance, index }] of order.entries()) {
    largest = Math.min(1, Math.max(largest, chance * (chances.length - rank)));
    result[index] = largest;
  }
  return result;
}

/** 2 (1 - Φ(|z|)) = erfc(|z| / √2), by M. Abramowitz and I. Stegun 7.1.26: off by at most 1.5e-7. */
export function twoSided(z: number): number {
  const x = Math.abs(z) / Math.SQRT2;
  const t = 1 / (1 + 0.3275911 * x);
  const sum = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  return Math.min(1, sum * Math.exp(-x * x));
}
