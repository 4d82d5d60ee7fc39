/**
 * Whether values of one kind of day are larger than those of another by more than chance. For means whose spread no counter tells
 * (engaged time of a view, length of a session): each day's mean is one value, and only their order is asked for, so one odd day weighs
 * no more than any other. U is how many pairs of a first and a second value are in falling order (H. B. Mann and D. R. Whitney, Annals of
 * Mathematical Statistics 18, 1947). If the days are alike, each order of all values is as likely: how many lead to which U is counted,
 * by the coefficients of the Gaussian binomial. A tie is half a pair; that spreads U less, so p is rather too large.
 */

/** Two-sided p; null: a side has no value. */
export function chanceOfRanks(first: readonly number[], second: readonly number[]): number | null {
  const pairs = first.length * second.length;
  if (pairs === 0) return null;
  const u = first.reduce((sum, a) => sum + second.reduce((count, b) => count + (a > b ? 1 : a === b ? 0.5 : 0), 0), 0);
  const ways = waysOf(first.length, second.length);
  const distance = Math.abs(u - pairs / 2);
  const sumOf = (some: readonly number[]) => some.reduce((sum, way) => sum + way, 0);
  return sumOf(ways.filter((_, value) => Math.abs(value - pairs / 2) >= distance)) / sumOf(ways);
}

/** By U, in how many orders of `m` and `n` values it results: ∏ (1 − q^(n+i)) / (1 − q^i), i = 1 … m. */
function waysOf(m: number, n: number): number[] {
  const ways = new Array<number>(m * n + 1).fill(0);
  ways[0] = 1;
  for (let i = 1; i <= m; i++) {
    for (let u = m * n; u >= n + i; u--) ways[u] = (ways[u] ?? 0) - (ways[u - n - i] ?? 0);
    for (let u = i; u <= m * n; u++) ways[u] = (ways[u] ?? 0) + (ways[u - i] ?? 0);
  }
  return ways;
}
