import type { HeatmapElement } from '../../../functions/contract/answer.ts';
import type { MadeView } from './walker.ts';
import type { SeenClick } from './witness.ts';

/** How often each is among `names`. */
export function countOf(names: string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

/** Of twenty bands, how many of `views` had each on screen. */
export function reachOf(views: MadeView[]): number[] {
  return Array.from({ length: 20 }, (_, band) => views.filter(({ bands }) => bands.has(band)).length);
}

export interface Matched {
  /** The element's cells, each with the number of `clicks` that are nearest to it. */
  cells: HeatmapElement['cells'];
  /** How far the farthest click is from its cell, along either axis, in px of the element's box. */
  farthestPx: number;
}

/** Gives each click to the cell that is drawn nearest to where the pointer really was. */
export function matchCells(cells: HeatmapElement['cells'], clicks: SeenClick[]): Matched {
  const counts = cells.map(() => 0);
  let farthestPx = 0;
  for (const click of clicks) {
    const distances = cells.map((cell) => distance(cell, click));
    const nearest = Math.min(...distances);
    const index = distances.indexOf(nearest);
    counts[index] = (counts[index] ?? 0) + 1;
    farthestPx = Math.max(farthestPx, nearest);
  }
  return { cells: cells.map(([col, row], index) => [col, row, counts[index] ?? 0]), farthestPx };
}

function distance([col, row]: HeatmapElement['cells'][number], click: SeenClick): number {
  const across = ((click.x - click.left) / click.width) * 4096 - col;
  const down = ((click.y - click.top) / click.height) * 4096 - row;
  return Math.max((Math.abs(across) * click.width) / 4096, (Math.abs(down) * click.height) / 4096);
}
