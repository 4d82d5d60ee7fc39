/** The steps that cells are snapped to when they are counted, by the size of the box. Apart from the grid: pages need none of it. */
import { gridSize } from './element-grid.ts';

/** Up to this size, a click's step is at most 16 px; above it, at most 8 px, since a large element grows with the screen. */
const smallPxMax = 256;
const movePxMax = 64;

/**
 * How many steps a side may have: powers of two, and three counts between one and the next, so that a step for moves is seldom
 * much smaller than it may be. Clicks take powers of two only: four of their steps make one for all else that is counted with them.
 */
export const stepCounts: readonly number[] = [
  ...[1, 2, 3],
  ...[4, 8, 16, 32, 64, 128, 256, 512, 1024].flatMap((count) => [4, 5, 6, 7].map((part) => (count / 4) * part)),
  ...[2048, 4096],
];
const powersOfTwo = stepCounts.filter((count) => (count & (count - 1)) === 0);

/**
 * Steps of a side `sizePx` long for clicks: 1..16 up to 256 px, 64..4096 above. A click made on a screen of 1024 px and drawn on
 * one of 2560 px is so within 10 px of its true spot.
 */
export function clickSteps(sizePx: number): number {
  return fewest(powersOfTwo, sizePx, sizePx > smallPxMax ? 8 : 16);
}

/** Steps of a side for moves, each at most 64 px: they are many, and drawn with a wide brush. */
export function moveSteps(sizePx: number): number {
  return fewest(stepCounts, sizePx, movePxMax);
}

function fewest(counts: readonly number[], sizePx: number, stepPxMax: number): number {
  return counts.find((count) => sizePx <= count * stepPxMax) ?? gridSize;
}

/** Which of the side's steps a cell lies in, from 0. */
export function stepOf(steps: number, cell: number): number {
  return Math.floor((cell * steps) / gridSize);
}
/** The middle of the step that a cell lies in; of 4096 steps, each is a cell. */
export function snapTo(steps: number, cell: number): number {
  return Math.floor(((stepOf(steps, cell) + 0.5) * gridSize) / steps);
}
