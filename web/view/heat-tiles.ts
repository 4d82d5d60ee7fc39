import type { Spot } from './heatmap-view.ts';

/** Low enough for a tile to be drawn within a frame. */
export const tileHeightPx = 256;
/** A point to draw, in px of the drawn surface. */
export interface HeatPoint {
  x: number;
  y: number;
  value: number;
}

/**
 * Spots at `scale`, those within half the brush gathered into one at their centre: a busy page has 100,000 of them, and
 * the brush blurs more than that. Keyed by place, so that two scenes can be compared.
 */
export function gatherPoints(spots: readonly Spot[], scale: number, radius: number): Map<number, HeatPoint> {
  const grid = Math.max(2, Math.round(radius / 2));
  const points = new Map<number, HeatPoint>();
  for (const spot of spots) {
    const x = spot.x * scale;
    const y = spot.y * scale;
    const place = Math.round(y / grid) * 65_536 + Math.round(x / grid);
    const point = points.get(place);
    if (!point) {
      points.set(place, { x, y, value: spot.value });
      continue;
    }
    const value = point.value + spot.value;
    const share = value > 0 ? spot.value / value : 0;
    point.x += (x - point.x) * share;
    point.y += (y - point.y) * share;
    point.value = value;
  }
  // Whole px: canvases draw them much faster.
  for (const point of points.values()) {
    point.x = Math.round(point.x);
    point.y = Math.round(point.y);
  }
  return points;
}

/** The points that a tile has to draw, relative to its top: those whose brush reaches into it. */
export function pointsByTile(
  points: Iterable<HeatPoint>,
  height: number,
  width: number,
  radius: number,
): HeatPoint[][] {
  const count = Math.max(1, Math.ceil(height / tileHeightPx));
  const tiles: HeatPoint[][] = Array.from({ length: count }, () => []);
  for (const { x, y, value } of points) {
    if (x <= -radius || x >= width + radius) continue;
    const first = Math.max(0, Math.floor((y - radius) / tileHeightPx));
    const last = Math.min(count - 1, Math.floor((y + radius) / tileHeightPx));
    for (let tile = first; tile <= last; tile++) {
      const top = y - tile * tileHeightPx;
      // A brush that only touches the edge would make heatmap.js read an empty rectangle, which throws.
      if (top > -radius && top < tileHeightPx + radius) tiles[tile]?.push({ x, y: top, value });
    }
  }
  return tiles;
}

/** What grew between two scenes, largest growth first, at most `max`: what blooms. */
export function grownPoints(
  before: ReadonlyMap<number, HeatPoint>,
  now: ReadonlyMap<number, HeatPoint>,
  max: number,
): HeatPoint[] {
  const grown: HeatPoint[] = [];
  for (const [place, { x, y, value }] of now) {
    const growth = value - (before.get(place)?.value ?? 0);
    if (growth > 0) grown.push({ x, y, value: growth });
  }
  return grown.sort((a, b) => b.value - a.value).slice(0, max);
}

/** The points with `share` (0..1) of what has grown on them taken away. */
export function withoutGrowth(points: Iterable<HeatPoint>, grown: readonly HeatPoint[], share: number): HeatPoint[] {
  const growth = new Map(grown.map(({ x, y, value }) => [`${x} ${y}`, value]));
  return [...points].map((point) => {
    const by = growth.get(`${point.x} ${point.y}`) ?? 0;
    return by > 0 ? { ...point, value: point.value - by * share } : point;
  });
}
