/**
 * A position inside an element, quantised. Every element has a grid of 4096 × 4096. The page tells the cell; what is counted is
 * the cell snapped to the middle of a step: of a power of two of steps a side, as many as its size asks for. So a button has few
 * cells, a 20,000 px article has many, and all of them add up in one grid, whatever size the element has at the time.
 */
export const gridSize = 4096;

/** The cell 0..4095 for a fraction 0..1 of a box. A fraction outside is clamped. */
export function cellOf(fraction: number): number {
  return Math.min(gridSize - 1, Math.max(0, Math.floor(fraction * gridSize)));
}

/** The fraction 0..1 at which a cell is drawn; a snapped cell is the middle of its step. */
export function fractionOf(cell: number): number {
  return cell / gridSize;
}

/** Up to this size, a click's step is at most 16 px; above it, at most 8 px, since a large element grows with the screen. */
const smallPxMax = 256;
const movePxMax = 64;

/**
 * How many steps a side may have: powers of two, and three counts between one and the next, so that a step for moves is seldom
 * much smaller than it may be. Clicks take powers of two only: four of their steps make one for hovers and rage.
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

const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz-';

/** One character for a number 0..63. Inverse: `parseDigit`. */
export function formatDigit(value: number): string {
  return digits[value] ?? '';
}
/** @throws RangeError when `text` is not one that `formatDigit` writes. */
export function parseDigit(text: string): number {
  const value = digits.indexOf(text);
  if (text.length !== 1 || value < 0) throw new RangeError(`"${text}" is not a digit`);
  return value;
}

/** Two characters for a cell 0..4095: short, for names of counters. Inverse: `parseCell`. */
export function formatCell(cell: number): string {
  return `${digits[cell >> 6]}${digits[cell & 63]}`;
}

/** @throws RangeError when `text` is not two of the digits that `formatCell` writes. */
export function parseCell(text: string): number {
  const high = digits.indexOf(text[0] ?? ' ');
  const low = digits.indexOf(text[1] ?? ' ');
  if (text.length !== 2 || high < 0 || low < 0) throw new RangeError(`"${text}" is not a cell`);
  return high * 64 + low;
}
