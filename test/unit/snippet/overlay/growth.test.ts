import { describe, expect, it } from 'vitest';
import { Growth } from '../../../../snippet/overlay/growth.ts';

const heat = (...values: number[]) => [{ key: '#buy', cells: new Map(values.map((value, cell) => [cell, value])) }];

describe('what blooms', () => {
  it('is what grew since the same map was seen last', () => {
    const growth = new Growth();
    expect(growth.since('clicks', heat(1, 2))).toEqual([]);
    expect(growth.since('clicks', heat(1, 3))).toEqual([{ key: '#buy', cells: new Map([[1, 1]]) }]);
    expect(growth.since('clicks', heat(1, 3))).toEqual([]);
  });

  it('is nothing of another map, and nothing of a crowd that came at once', () => {
    const growth = new Growth();
    growth.since('clicks', heat(1));
    expect(growth.since('moves', heat(5))).toEqual([]);
    expect(growth.since('moves', heat(...Array<number>(60).fill(9)))).toEqual([]);
  });
});
