import { describe, expect, it } from 'vitest';
import { elementCsv } from '../../../web/view/element-csv.ts';
import { noCounts } from '../../../web/view/element-heat.ts';
import {
  headHeight,
  legendHeight,
  pictureLayout,
  picturePixelsMax,
  pictureSideMax,
} from '../../../web/view/picture-layout.ts';

describe('the CSV of elements', () => {
  it('has every column of an element, whatever is shown', () => {
    const buy = {
      key: '#buy',
      label: '=cmd()',
      clickable: true,
      counts: { ...noCounts, clicks: 3, hovers: 7, hoverMs: 900 },
    };
    const rows = elementCsv(
      [
        { ...buy, box: [0, 0, 1, 1], exact: true },
        { ...buy, key: 'a>b', counts: noCounts, box: null, exact: false },
      ],
      { clicks: 9, views: 7 },
    ).split('\r\n');
    expect(rows).toEqual([
      'label,key,clicks,share,perView,hovers,hoverMs,hesitation,rage,dead,taps,focuses,abandons,placed',
      "'=cmd(),#buy,3,0.3333,0.4286,7,900,0,0,0,0,0,0,exactly",
      "'=cmd(),a>b,0,0,0,0,,,0,0,0,0,0,not at all",
      '',
    ]);
  });
});

describe('the picture of a map', () => {
  it('is as large as the page where that fits', () => {
    expect(pictureLayout({ width: 1280, height: 3000 })).toEqual({
      width: 1280,
      height: 3000 + headHeight + legendHeight,
      mapWidth: 1280,
      mapHeight: 3000,
      scale: 1,
    });
    expect(pictureLayout({ width: 1280, height: 12_000 }).scale).toBe(1);
    expect(pictureLayout({ width: 390, height: 3000 })).toMatchObject({ width: 480, mapWidth: 390 });
  });

  it.each([
    [1280, 20_000],
    [390, 90_000],
    [9000, 9000],
    [90_000, 300],
  ])('of %i × %i px is scaled down to what a browser draws', (width, height) => {
    const layout = pictureLayout({ width, height });
    expect(layout.scale).toBeLessThan(1);
    expect(layout.width * layout.height).toBeLessThanOrEqual(picturePixelsMax);
    expect(Math.max(layout.width, layout.height)).toBeLessThanOrEqual(pictureSideMax);
    expect((layout.mapWidth / layout.mapHeight) * (height / width)).toBeCloseTo(1, 1);
  });
});
