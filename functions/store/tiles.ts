import { type PlaceGroup, parsePlace } from '../contract/place.ts';
import { isWithinTile, placesPerTileMax, type Weight, weightOf } from '../contract/tile.ts';

interface Tile extends Weight {
  places: number;
}

/** How full a scope's tiles are: told of each place in order of slot, it says where the next one goes. */
export class Tiles {
  readonly #groups: Record<PlaceGroup, Tile[]>;

  constructor(groups: Record<PlaceGroup, Tile[]> = { c: [], m: [], f: [], p: [] }) {
    this.#groups = groups;
  }

  /** The first tile of its group that has room for all that the place may ever count: a function of the places before it. */
  roomFor(name: string): { tile: number; at: number } {
    const place = parsePlace(name);
    const tiles = this.#groups[place.group];
    const weight = weightOf(place);
    const fits = tiles.findIndex((tile) => tile.places < placesPerTileMax && isWithinTile(sumOf(tile, weight)));
    const tile = fits < 0 ? tiles.length : fits;
    return { tile, at: tiles[tile]?.places ?? 0 };
  }

  /** A place stands where its admission says, even if another version of this code, with other weights, chose that. */
  take(name: string, tile: number, at: number): void {
    const place = parsePlace(name);
    const tiles = this.#groups[place.group];
    while (tiles.length <= tile) tiles.push({ bytes: 0, cells: 0, second: 0, sums: 0, places: 0 });
    const taken = tiles[tile];
    if (taken) tiles[tile] = { ...sumOf(taken, weightOf(place)), places: Math.max(taken.places, at + 1) };
  }

  copy(): Tiles {
    const { c, m, f, p } = this.#groups;
    return new Tiles({ c: [...c], m: [...m], f: [...f], p: [...p] });
  }
}

function sumOf(one: Weight, other: Weight): Weight {
  return {
    bytes: one.bytes + other.bytes,
    cells: one.cells + other.cells,
    second: one.second + other.second,
    sums: one.sums + other.sums,
  };
}
