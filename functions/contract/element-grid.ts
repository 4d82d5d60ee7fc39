/**
 * A position inside an element, quantised. Every element has a grid of 4096 × 4096; a position is snapped to the middle of a
 * step, a power of two of those cells, that is at most `stepPxMax` wide on the box at hand. So a button has few cells, a
 * 20,000 px article has many, all of them add up in one grid, and a cell's middle is never further than half a step from the
 * true spot (`stepPxMax` / 2 = 8 px for clicks).
 */
export const gridSize = 4096;

/** Clicks and hovers: at most 16 px a step. Moves: at most 48 px (they are drawn with a wide brush, and are many). */
export const clickStepPxMax = 16;
export const moveStepPxMax = 48;

/** The cell 0..4095 for a fraction 0..1 of a box `sizePx` wide (or high). A fraction outside is clamped. */
export function cellOf(fraction: number, sizePx: number, stepPxMax: number): number {
  let step = 1;
  while (step < gridSize && (step * 2 * sizePx) / gridSize <= stepPxMax) step *= 2;
  const cell = Math.min(gridSize - 1, Math.max(0, Math.floor(fraction * gridSize)));
  return step === 1 ? cell : Math.floor(cell / step) * step + step / 2;
}

/** The fraction 0..1 at which a cell is drawn; inverse of `cellOf` up to half a step. */
export function fractionOf(cell: number): number {
  // A snapped cell is the border between the halves of its step. Steps of one cell happen only above 32,768 px.
  return cell / gridSize;
}

const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz-';

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
