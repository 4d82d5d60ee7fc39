import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatPlace, parsePlace, placeOf } from '../../../functions/contract/place.ts';
import { isWithinTile, placesPerTileMax, weightOf } from '../../../functions/contract/tile.ts';
import { Tiles } from '../../../functions/store/tiles.ts';

const px = fc.oneof(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 6_000 }));
const names = fc.array(
  fc
    .tuple(fc.constantFrom('c' as const, 'm' as const, 'f' as const, 'p' as const), fc.uuid(), px, px)
    .map(([group, key, width, height]) => formatPlace(placeOf(group, key, [0, 0], [width, height]))),
  { maxLength: 300 },
);
function fill(all: readonly string[], tiles = new Tiles()): { name: string; tile: number; at: number }[] {
  return all.map((name) => {
    const { tile, at } = tiles.roomFor(name);
    tiles.take(name, tile, at);
    return { name, tile, at };
  });
}
const buttons = (count: number, group: 'c' | 'm' = 'c') =>
  Array.from({ length: count }, (_, index) => formatPlace(placeOf(group, `#b${index}`, [0, 0], [10, 10])));

describe('tiles', () => {
  it('never hold more than fits an item and an update, and give each place an index of its own', () => {
    fc.assert(
      fc.property(names, (all) => {
        const tiles = new Map<string, string[]>();
        const indexes = new Set<string>();
        for (const { name, tile, at } of fill(all)) {
          const { group } = parsePlace(name);
          tiles.set(`${group}${tile}`, [...(tiles.get(`${group}${tile}`) ?? []), name]);
          expect(at).toBeLessThan(placesPerTileMax);
          indexes.add(`${group} ${tile} ${at}`);
        }
        expect(indexes.size).toBe(all.length);
        for (const held of tiles.values()) {
          const sum = { bytes: 0, cells: 0, second: 0, sums: 0 };
          for (const name of held) {
            const weight = weightOf(parsePlace(name));
            sum.bytes += weight.bytes;
            sum.cells += weight.cells;
            sum.second += weight.second;
            sum.sums += weight.sums;
          }
          expect(isWithinTile(sum)).toBe(true);
        }
      }),
    );
  });

  it('are the same for whoever has been told of the same places', () => {
    fc.assert(
      fc.property(names, fc.nat(), (all, cut) => {
        const whole = fill(all);
        const tiles = new Tiles();
        const at = all.length === 0 ? 0 : cut % all.length;
        for (const { name, tile, at: index } of whole.slice(0, at)) tiles.take(name, tile, index);
        expect(fill(all.slice(at), tiles)).toEqual(whole.slice(at));
      }),
    );
  });

  it('take many small elements, and their groups apart', () => {
    const placed = fill([...buttons(20), ...buttons(20, 'm')]);
    expect(placed.filter(({ tile }) => tile > 0)).toEqual([]);
    expect(placed.map(({ at }) => at)).toEqual([...Array(20).keys(), ...Array(20).keys()]);
  });

  it('go on behind places that another version of the weights put closer together', () => {
    const tiles = new Tiles();
    for (const [at, name] of buttons(60).entries()) tiles.take(name, 0, at);
    const [next = ''] = buttons(1);
    expect(tiles.roomFor(next)).toEqual({ tile: 1, at: 0 });
  });

  it('are not chosen for what is no place', () => {
    expect(() => new Tiles().roomFor('/pricing')).toThrow(RangeError);
  });
});
