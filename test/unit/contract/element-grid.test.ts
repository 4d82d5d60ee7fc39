import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  cellOf,
  clickStepPxMax,
  formatCell,
  fractionOf,
  gridSize,
  parseCell,
} from '../../../functions/contract/element-grid.ts';

describe('cells', () => {
  it('are drawn within half a step of the true spot, for boxes of 1 to 30,000 px', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 0.999_999, noNaN: true }),
        fc.integer({ min: 1, max: 30_000 }),
        (fraction, size) => {
          const drawn = fractionOf(cellOf(fraction, size, clickStepPxMax)) * size;
          return Math.abs(drawn - fraction * size) <= clickStepPxMax / 2 + 1e-6;
        },
      ),
    );
  });

  it('are few on a small box: a 40 px button has no more than eight steps a side', () => {
    const cells = new Set(Array.from({ length: 1000 }, (_, step) => cellOf(step / 1000, 40, clickStepPxMax)));
    expect(cells.size).toBe(4);
  });

  it('stay inside the grid for fractions outside the box', () => {
    expect(cellOf(-0.2, 100, 16)).toBeGreaterThanOrEqual(0);
    expect(cellOf(1.2, 100, 16)).toBeLessThan(gridSize);
  });

  it('are written in two characters and read back', () => {
    for (let cell = 0; cell < gridSize; cell++) expect(parseCell(formatCell(cell))).toBe(cell);
    expect(() => parseCell('!0')).toThrow(RangeError);
  });
});
