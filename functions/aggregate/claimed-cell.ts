import { cellOf } from '../contract/element-grid.ts';

/**
 * A cell as it is counted. The page snaps to steps of the box at hand, which may be far larger than the one claimed that day
 * (or made up): cells finer than a quarter of the claimed box's step are snapped to that step, so that a block cannot fill an
 * item until the store refuses it. An element that has grown up to four times keeps its resolution.
 *
 * `sizePx`: width or height of the claimed box; one smaller than a block counts as that.
 */
export function claimedCell(cell: number, sizePx: number, stepPxMax: number, blockPx: number): number {
  const size = Math.max(sizePx, blockPx);
  // The middle of the first step; 0 where a step is one cell.
  const halfStep = cellOf(0, size, stepPxMax);
  const finest = Math.max(1, Math.floor(halfStep / 2));
  return cell % finest === 0 ? cell : cellOf(cell / 4096, size, stepPxMax);
}
