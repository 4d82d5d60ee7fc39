import { describe, expect, it } from 'vitest';
import { fadeIn } from '../../../../snippet/overlay/fade.ts';
import { withoutGrowth } from '../../../../web/view/heat-tiles.ts';

describe('new heat', () => {
  it('comes in by shares on the page, and leaves all that was there as it is', () => {
    const buy = {
      key: '#buy',
      cells: new Map([
        [1, 4],
        [2, 7],
      ]),
    };
    const home = { key: '#home', cells: new Map([[1, 9]]) };
    const grown = [
      { key: '#buy', cells: new Map([[1, 3]]) },
      { key: '#buy', cells: new Map([[2, 7]]) },
    ];
    const shares = [0, 1 / 3, 1].map((share) => fadeIn([buy, home], grown, share));
    expect(shares.map(([first]) => [...(first?.cells.values() ?? [])].map(Math.round))).toEqual([
      [1, 0],
      [2, 2],
      [4, 7],
    ]);
    for (const [, other] of shares) expect(other).toBe(home);
    expect([...buy.cells.values()]).toEqual([4, 7]);
  });

  it('comes in by shares on a picture', () => {
    const points = [
      { x: 1, y: 2, value: 5 },
      { x: 8, y: 8, value: 2 },
    ];
    const grown = [{ x: 1, y: 2, value: 4 }];
    expect(withoutGrowth(points, grown, 1)).toEqual([{ x: 1, y: 2, value: 1 }, points[1]]);
    expect(withoutGrowth(points, grown, 0.5)).toEqual([{ x: 1, y: 2, value: 3 }, points[1]]);
    expect(withoutGrowth(points, grown, 0)).toEqual(points);
  });
});
