import { describe, expect, it } from 'vitest';
import {
  blockOf,
  cellName,
  clickBlockPx,
  elementSort,
  liveTile,
  liveTileCount,
  pageWindowName,
  parseCellName,
  parseElementSort,
  parseSmallName,
  parseWindowName,
  sessionWindowName,
  smallName,
} from '../../../functions/contract/counter.ts';
import { nameId } from '../../../functions/contract/name-id.ts';

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
    expect(parseElementSort(elementSort(12, hour, '3.4'))).toEqual({ slot: 12, when: hour, block: '3.4' });
    expect(parseElementSort(elementSort(12, 'day', '0.0'))).toEqual({ slot: 12, when: 'day', block: '0.0' });
  });

  it('never look like a window when they are a series', () => {
    for (const name of ['pv', 'vi', 'ad', 'c:AT:p']) expect(parseWindowName(name)).toBeNull();
  });
});

describe('tiles and blocks', () => {
  it('spread pages over the live tiles', () => {
    const tiles = new Set(Array.from({ length: 4000 }, (_, page) => liveTile(nameId(`/p/${page}`))));
    expect(tiles.size).toBeGreaterThan(liveTileCount * 0.95);
  });

  it('keep a small element in one block, and the far corner of a large one in its last', () => {
    expect(blockOf(4000, 4000, 120, 40, clickBlockPx)).toBe('0.0');
    expect(blockOf(4095, 4095, 1280, 640, clickBlockPx)).toBe('9.4');
  });
});

describe('ids of names', () => {
  it('have eight characters and differ for 100,000 paths', () => {
    const ids = new Set(Array.from({ length: 100_000 }, (_, page) => nameId(`/product/${page}`)));
    expect(ids.size).toBe(100_000);
    for (const id of ids) expect(id).toMatch(/^[\w-]{8}$/);
  });
});
