/**
 * A position inside an element, quantised. Every element has a grid of 4096 × 4096. The page tells the cell; what is counted is
 * the cell snapped to the middle of a step (see `element-step.ts`), of which a side has as many as its size asks for. So a button
 * has few cells, a 20,000 px article has many, and all add up in one grid, whatever size the element has at the time.
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
