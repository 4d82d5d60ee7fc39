export type Point = readonly [x: number, y: number];

const distance = ([x, y]: Point, [u, v]: Point) => Math.hypot(x - u, y - v);

/**
 * How many of `truths` can each have a drawn spot of its own within `withinPx`: a largest pairing (augmenting paths, Kuhn 1955),
 * so that no drawn spot counts for two.
 */
export function pairsWithin(truths: readonly Point[], drawn: readonly Point[], withinPx: number): number {
  const near = truths.map((truth) =>
    drawn.flatMap((spot, index) => (distance(truth, spot) <= withinPx ? [index] : [])),
  );
  const takenBy = new Map<number, number>();
  const settle = (truth: number, tried: Set<number>): boolean => {
    for (const spot of near[truth] ?? []) {
      if (tried.has(spot)) continue;
      tried.add(spot);
      const holder = takenBy.get(spot);
      if (holder === undefined || settle(holder, tried)) {
        takenBy.set(spot, truth);
        return true;
      }
    }
    return false;
  };
  return truths.filter((_, index) => settle(index, new Set())).length;
}
