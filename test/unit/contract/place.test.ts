import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type CellLayer,
  cellName,
  elementName,
  itemBytesMax,
  paneBandName,
  paneName,
  placeCounter,
} from '../../../functions/contract/counter.ts';
import { gridSize } from '../../../functions/contract/element-grid.ts';
import {
  cellsMax,
  coarseCell,
  fineCell,
  formatPlace,
  type Place,
  parsePlace,
  placeOf,
  wholePlace,
} from '../../../functions/contract/place.ts';
import { isWithinTile, tileBytesMax, weightOf } from '../../../functions/contract/tile.ts';

const group = fc.constantFrom('c' as const, 'm' as const);
const px = fc.oneof(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 100_000 }));
const cell = fc.integer({ min: 0, max: gridSize - 1 });

/** Every fine and coarse cell that falls into each place of a box, wherever in it something happens. */
function cellsOfBox(of: Place['group'], width: number, height: number) {
  const places = new Map<string, { place: Place; fine: Set<string>; coarse: Set<string> }>();
  // Boxes of more steps than this have more cells than a test can try, and blocks like those that fit.
  const stride = Math.max(1, Math.floor(gridSize / 512));
  for (let col = 0; col < gridSize; col += stride) {
    for (let row = 0; row < gridSize; row += stride) {
      const place = placeOf(of, '#a', [col, row], [width, height]);
      const name = formatPlace(place);
      const known = places.get(name) ?? { place, fine: new Set(), coarse: new Set() };
      places.set(name, known);
      known.fine.add(fineCell(place, col, row).join());
      known.coarse.add(coarseCell(place, col, row).join());
    }
  }
  return places;
}

describe('a place', () => {
  it('is read back from its name', () => {
    fc.assert(
      fc.property(group, fc.string(), cell, cell, px, px, (of, key, col, row, width, height) => {
        const place = placeOf(of, key, [col, row], [width, height]);
        expect(parsePlace(formatPlace(place))).toEqual(place);
      }),
    );
    expect(() => parsePlace('/pricing')).toThrow(RangeError);
    expect(() => parsePlace('cz00000#a')).toThrow(RangeError);
  });

  it.each([
    ['c', 20, 10],
    ['c', 100, 40],
    ['c', 250, 250],
    ['c', 256, 20],
    ['c', 1200, 60],
    ['c', 1280, 700],
    ['m', 60, 60],
    ['m', 200, 1000],
    ['m', 1280, 700],
    ['m', 720, 6333],
  ] as const)(
    'of group %s on a box of %i × %i px has as many cells as its bound says, and no more',
    (of, width, height) => {
      for (const { place, fine, coarse } of cellsOfBox(of, width, height).values()) {
        const bound = cellsMax(place);
        expect(fine.size).toBe(bound.fine);
        if (of === 'c') expect(coarse.size).toBe(bound.coarse);
      }
    },
  );

  it('has a bound that no box and no cell goes beyond, however often the box changes its size', () => {
    const cells = new Map<string, { place: Place; fine: Set<string>; coarse: Set<string> }>();
    const random = fc.sample(fc.tuple(group, cell, cell, px, px), { numRuns: 20_000, seed: 7 });
    for (const [of, col, row, width, height] of random) {
      const place = placeOf(of, '', [col, row], [width, height]);
      const name = formatPlace(place);
      const known = cells.get(name) ?? { place, fine: new Set(), coarse: new Set() };
      cells.set(name, known);
      known.fine.add(fineCell(place, col, row).join());
      known.coarse.add(coarseCell(place, col, row).join());
    }
    for (const { place, fine, coarse } of cells.values()) {
      const bound = cellsMax(place);
      expect(fine.size).toBeLessThanOrEqual(bound.fine);
      expect(bound.fine).toBeLessThanOrEqual(256);
      if (place.group === 'c') expect(coarse.size).toBeLessThanOrEqual(bound.coarse);
    }
  });

  it('has a box of up to 128 × 128 px to itself, and a share of a larger one', () => {
    const block = (width: number, height: number) => {
      const { column, row } = placeOf('c', '', [4095, 4095], [width, height]);
      return [column + 1, row + 1];
    };
    expect(block(128, 128)).toEqual([1, 1]);
    expect(block(250, 60)).toEqual([1, 1]);
    expect(block(250, 250)).toEqual([2, 2]);
    expect(block(340, 50)).toEqual([4, 1]);
    expect(block(1280, 700)).toEqual([16, 8]);
  });
});

describe('the weight of a place', () => {
  /** Names and numbers as DynamoDB counts them: a byte for two digits, and one more. */
  const bytes = (name: string, digits: number) => name.length + 1 + Math.ceil(digits / 2);

  it('is that of all its counters at their largest', () => {
    fc.assert(
      fc.property(group, px, px, (of, width, height) => {
        const place = placeOf(of, '#a', [0, 0], [width, height]);
        const { fine, coarse } = cellsMax(place);
        const cellBytes = (layer: CellLayer, digits: number) => bytes(placeCounter(0, cellName(layer, 0, 0)), digits);
        const sums = (names: string[], digits: number) =>
          names.reduce((sum, name) => sum + bytes(placeCounter(0, name), digits), 0);
        const { clicks, taps, rage, dead, hovers, hesitations, hoverMs, moves, restMs } = elementName;
        const weight =
          of === 'c'
            ? fine * cellBytes('click', 6) +
              coarse *
                (['rage', 'dead', 'hesitation'] as const).reduce(
                  (sum, layer) => sum + cellBytes(layer, 6),
                  cellBytes('hover', 10),
                ) +
              sums([clicks, taps, rage, dead, hovers, hesitations], 8) +
              sums([hoverMs], 12)
            : fine * cellBytes('move', 10) + sums([moves], 8) + sums([restMs], 12);
        expect(weightOf(place).bytes).toBe(weight);
        expect(Number.isInteger(fine) && Number.isInteger(coarse)).toBe(true);
        expect(isWithinTile(weightOf(place))).toBe(true);
      }),
    );
    const { focuses, focusMs, changes, abandons } = elementName;
    const name = (counter: string, digits: number) => bytes(placeCounter(0, counter), digits);
    const field = [focuses, changes, abandons].reduce((sum, one) => sum + name(one, 8), name(focusMs, 12));
    expect(weightOf(wholePlace('f', '#a'))).toEqual({ bytes: field, cells: 0, second: 0, sums: 4 });
    const bands = [...Array(20).keys()].reduce(
      (sum, band) => sum + name(paneBandName(band, 'R'), 8) + name(paneBandName(band, 'T'), 12),
      0,
    );
    const pane = bands + name(paneName.views, 8) + name(paneName.folds, 12);
    // Names of one letter are reckoned as two.
    expect(weightOf(wholePlace('p', '#a'))).toEqual({ bytes: pane + 2, cells: 0, second: 0, sums: 42 });
    for (const group of ['f', 'p'] as const) {
      expect(parsePlace(formatPlace(wholePlace(group, '#a')))).toEqual(wholePlace(group, '#a'));
    }
    expect(tileBytesMax).toBeLessThan(itemBytesMax);
  });
});
