import { describe, expect, it } from 'vitest';
import {
  cellName,
  liveTile,
  liveTileCount,
  pageWindowName,
  parseCellName,
  parsePlaceCounter,
  parseSmallName,
  parseTileSort,
  parseWindowName,
  placeCounter,
  sessionWindowName,
  smallName,
  tileSort,
} from '../../../functions/contract/counter.ts';
import { nameId } from '../../../functions/contract/name-id.ts';
import { placesPerTileMax } from '../../../functions/contract/tile.ts';

describe('names of counters', () => {
  it('are read back as they were written', () => {
    const pageId = nameId('/pricing');
    expect(parseWindowName(pageWindowName(pageId, 'A', 23))).toEqual({ pageId, side: 'A', slot: 11 });
    expect(parseWindowName(sessionWindowName('L', 12))).toEqual({ pageId: null, side: 'L', slot: 0 });
    expect(parseSmallName(smallName('language', 'x:y', 'v'))).toEqual({
      dimension: 'language',
      value: 'x:y',
      measure: 'v',
    });
    expect(parseCellName(cellName('move', 4095, 7))).toEqual({ layer: 'move', col: 4095, row: 7 });
    const hour = Date.parse('2026-05-05T05:30:00Z');
    expect(parseTileSort(tileSort(hour, 12))).toEqual({ group: 'c', when: hour, tile: 12 });
    expect(parseTileSort(tileSort('day', 0))).toEqual({ group: 'm', when: 'day', tile: 0 });
    expect(parseTileSort(tileSort('day', 3, 'f'))).toEqual({ group: 'f', when: 'day', tile: 3 });
    expect(parseTileSort(tileSort('day', 3, 'p'))).toEqual({ group: 'p', when: 'day', tile: 3 });
    for (let at = 0; at < placesPerTileMax; at++) {
      for (const name of ['cl', cellName('hover', 4095, 0)]) {
        expect(placeCounter(at, name)).toHaveLength(name.length + 1);
        expect(parsePlaceCounter(placeCounter(at, name))).toEqual({ at, name });
      }
    }
  });

  it('never look like a window when they are a series', () => {
    for (const name of ['pv', 'vi', 'ad', 'c:AT:p']) expect(parseWindowName(name)).toBeNull();
  });
});

describe('tiles', () => {
  it('spread pages over the live tiles', () => {
    const tiles = new Set(Array.from({ length: 4000 }, (_, page) => liveTile(nameId(`/p/${page}`))));
    expect(tiles.size).toBeGreaterThan(liveTileCount * 0.95);
  });
});

describe('ids of names', () => {
  it('have eight characters and differ for 100,000 paths', () => {
    const ids = new Set(Array.from({ length: 100_000 }, (_, page) => nameId(`/product/${page}`)));
    expect(ids.size).toBe(100_000);
    for (const id of ids) expect(id).toMatch(/^[\w-]{8}$/);
  });
});
