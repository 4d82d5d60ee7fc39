import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  cellOf,
  formatCell,
  formatDigit,
  fractionOf,
  gridSize,
  parseCell,
  parseDigit,
} from '../../../functions/contract/element-grid.ts';
import { clickSteps, moveSteps, snapTo, stepCounts, stepOf } from '../../../functions/contract/element-step.ts';

const fraction = fc.double({ min: 0, max: 0.999_999, noNaN: true });
const size = fc.integer({ min: 1, max: 16_000 });
/** How far from the true spot a cell is drawn, px. The page's own rounding down to a cell is part of it. */
const errorOf = (steps: number, at: number, sizePx: number) =>
  Math.abs(fractionOf(snapTo(steps, cellOf(at))) - at) * sizePx - sizePx / gridSize;

describe('cells', () => {
  it('of clicks are drawn within 8 px of the true spot on small elements, within 4 px on large ones', () => {
    fc.assert(
      fc.property(fraction, size, (at, px) => errorOf(clickSteps(px), at, px) <= (px > 256 ? 4 : 8) + 1e-6),
      { numRuns: 2_000 },
    );
  });

  it('of clicks made at 1024 px are within 10 px when drawn at 2560 px', () => {
    fc.assert(
      fc.property(fraction, fc.integer({ min: 257, max: 1024 }), (at, px) => {
        return errorOf(clickSteps(px), at, px) * (2560 / 1024) <= 10 + 1e-6;
      }),
    );
  });

  it('of moves are drawn within 32 px', () => {
    fc.assert(fc.property(fraction, size, (at, px) => errorOf(moveSteps(px), at, px) <= 32 + 1e-6));
  });

  it('are few on a small box: a 40 px button has four steps a side', () => {
    const cells = new Set(Array.from({ length: 1000 }, (_, step) => snapTo(clickSteps(40), cellOf(step / 1000))));
    expect(cells.size).toBe(4);
  });

  it('stay in their step when snapped, and when snapped again', () => {
    for (const steps of stepCounts) {
      for (let cell = 0; cell < gridSize; cell += 7) {
        expect(stepOf(steps, snapTo(steps, cell))).toBe(stepOf(steps, cell));
        expect(snapTo(steps, snapTo(steps, cell))).toBe(snapTo(steps, cell));
      }
    }
  });

  it('have powers of two of steps for clicks, so that those of one size lie inside those of another', () => {
    fc.assert(fc.property(size, (px) => Number.isInteger(Math.log2(clickSteps(px)))));
  });

  it('stay inside the grid for fractions outside the box, and for boxes of any size', () => {
    expect(cellOf(-0.2)).toBe(0);
    expect(cellOf(1.2)).toBe(gridSize - 1);
    for (const px of [0, 100_000]) expect(stepCounts).toContain(clickSteps(px));
  });

  it('are written in two characters and read back', () => {
    for (let cell = 0; cell < gridSize; cell++) expect(parseCell(formatCell(cell))).toBe(cell);
    expect(() => parseCell('!0')).toThrow(RangeError);
    for (let value = 0; value < 64; value++) expect(parseDigit(formatDigit(value))).toBe(value);
    expect(() => parseDigit('!')).toThrow(RangeError);
    expect(() => parseDigit('')).toThrow(RangeError);
  });
});
