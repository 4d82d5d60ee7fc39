import { describe, expect, it } from 'vitest';
import type { Box, CapturePicture, HeatmapAnswer, HeatmapElement } from '../../../functions/contract/answer.ts';
import {
  cellName,
  elementPartition,
  placeCounter,
  type TilePlace,
  tileSort,
} from '../../../functions/contract/counter.ts';
import { cellOf } from '../../../functions/contract/element-grid.ts';
import { clickSteps, snapTo } from '../../../functions/contract/element-step.ts';
import type { LiveItem } from '../../../web/live/merge.ts';
import { elementAt } from '../../../web/view/element-at.ts';
import {
  elementHeat,
  type HeatAnswers,
  type HeatElement,
  liveElements,
  noCounts,
} from '../../../web/view/element-heat.ts';
import { densities } from '../../../web/view/heat-density.ts';
import { gatherPoints, grownPoints, pointsByTile, tileHeightPx } from '../../../web/view/heat-tiles.ts';
import { heatmapView } from '../../../web/view/heatmap-view.ts';
import { shownBox } from '../../../web/view/placing.ts';

const counts = noCounts;
const middle = 2048 * 4096 + 2048;

function element(key: string, box: Box | null, viewportWidth: number, cells: [number, number][]): HeatElement {
  return { key, label: key, box, viewportWidth, clickable: false, cells: new Map(cells), counts };
}
function picture(boxes: Record<string, Box>): CapturePicture {
  return {
    url: 'https://shop.example/',
    path: '/',
    device: 'desktop',
    takenAt: 1,
    viewportWidth: 1280,
    viewportHeight: 800,
    width: 1280,
    height: 3000,
    image: '/v1/x.jpg',
    elements: Object.entries(boxes).map(([key, box]) => ({ key, label: '', clickable: true, box })),
    retake: null,
  };
}

describe('the projection', () => {
  it('draws a cell where its element stands on the picture, not where it stood for the visitor', () => {
    const view = heatmapView(
      [element('#cta', [10, 10, 50, 50], 400, [[middle, 3]])],
      picture({ '#cta': [100, 2000, 200, 40] }),
      'desktop',
    );
    expect(view.spots).toEqual([{ x: 200, y: 2020, value: 3 }]);
    expect(view.placed).toEqual({ exact: 3, fallback: 0, none: 0 });
    expect(view.total).toBe(3);
  });

  it('draws nothing of an element where it is cut off: there as visitors last saw it if that shows, else nowhere', () => {
    const surface = picture({ '#list': [100, 500, 400, 2000] });
    const [list] = surface.elements;
    if (list) list.window = [100, 400, 400, 600];
    const at = (y: number) => Math.round(4096 / 2) * 4096 + Math.round(4096 * y);
    const cells: [number, number][] = [
      [at(0.1), 3],
      [at(0.5), 5],
      [at(0.9), 7],
    ];
    // Scrolled by 900 px when it was seen last.
    const view = heatmapView([element('#list', [100, -400, 400, 2000], 1280, cells)], surface, 'desktop');
    expect(view.placed).toEqual({ exact: 3, fallback: 5, none: 7 });
    expect(view.spots.map(({ y, value }) => [Math.round(y), value])).toEqual([
      [700, 3],
      [600, 5],
    ]);
    expect(elementAt(view.elements, 300, 900)?.key).toBe('#list');
    expect(elementAt(view.elements, 300, 1100)).toBeNull();
    expect(view.elements.map(shownBox)).toEqual([[100, 500, 400, 500]]);
  });

  it('is at most half a step from the true spot', () => {
    const [width, height] = [217, 43];
    for (const [fx, fy] of [
      [0.02, 0.9],
      [0.51, 0.33],
      [0.999, 0.001],
    ] as const) {
      const cell = snapTo(clickSteps(width), cellOf(fx)) * 4096 + snapTo(clickSteps(height), cellOf(fy));
      const view = heatmapView(
        [element('#cta', null, 0, [[cell, 1]])],
        picture({ '#cta': [30, 40, width, height] }),
        'desktop',
      );
      const spot = view.spots[0];
      expect(Math.abs((spot?.x ?? Number.NaN) - (30 + fx * width))).toBeLessThanOrEqual(8.1);
      expect(Math.abs((spot?.y ?? Number.NaN) - (40 + fy * height))).toBeLessThanOrEqual(8.1);
    }
  });

  it('falls back to the last seen box, brought to the width of the picture', () => {
    const view = heatmapView([element('.popup', [320, 300, 160, 100], 640, [[middle, 2]])], picture({}), 'desktop');
    expect(view.spots).toEqual([{ x: 800, y: 350, value: 2 }]);
    expect(view.placed).toEqual({ exact: 0, fallback: 2, none: 0 });
    expect(view.elements[0]?.exact).toBe(false);
  });

  it('counts what it cannot place: no box, no size, off the surface', () => {
    const view = heatmapView(
      [
        element('a', null, 0, [[middle, 1]]),
        element('b', [0, 0, 0, 20], 1280, [[middle, 2]]),
        element('c', [0, 5000, 20, 20], 1280, [[middle, 4]]),
        element('d', [0, 0, 20, 20], 1280, [[middle, 8]]),
      ],
      picture({ d: [2000, 0, 20, 20] }),
      'desktop',
    );
    expect(view.placed).toEqual({ exact: 0, fallback: 0, none: 15 });
    expect(view.spots).toEqual([]);
    expect(view.total).toBe(0);
  });

  it('draws on a sheet as wide as the device and as high as the boxes where there is no picture', () => {
    const view = heatmapView([element('footer', [0, 3000, 780, 200], 780, [[middle, 1]])], null, 'mobile');
    expect([view.width, view.height]).toEqual([390, 3200]);
    expect(view.spots).toEqual([{ x: 195, y: 3100, value: 1 }]);
    expect(heatmapView([], null, 'desktop').height).toBe(800);
    expect(heatmapView([element('x', [0, 90_000, 10, 10], 1280, [])], null, 'desktop').height).toBe(12_000);
  });

  it('finds the smallest element under the pointer', () => {
    const view = heatmapView(
      [element('section', [0, 0, 1000, 1000], 1280, []), element('button', [10, 10, 50, 20], 1280, [])],
      null,
      'desktop',
    );
    expect(elementAt(view.elements, 20, 20)?.key).toBe('button');
    expect(elementAt(view.elements, 500, 500)?.key).toBe('section');
    expect(elementAt(view.elements, 1100, 20)).toBe(null);
  });
});

const partition = elementPartition('1', 'demo', '2026-11-23', 'pageid00', 'desktop');
const hour = Date.UTC(2026, 10, 23, 13);
function totals([, tile, at]: TilePlace, when: number | 'day', plain: Record<string, number>): LiveItem {
  const counters = Object.fromEntries(Object.entries(plain).map(([name, value]) => [placeCounter(at, name), value]));
  return { pk: partition, sk: tileSort(when, tile), counters, texts: {}, toldAt: {} };
}
function answers(
  elements: (Partial<HeatmapElement> & { key: string })[],
  clicks: Record<string, number> = {},
): HeatAnswers {
  const heatmap = {
    elements: elements.map((given) => ({
      label: given.key,
      box: [0, 0, 10, 10] as Box,
      viewportWidth: 1280,
      clickable: true,
      cells: [],
      places: [],
      ...given,
    })),
  } as unknown as HeatmapAnswer;
  const rows = Object.entries(clicks).map(([key, count]) => ({
    ...{ key, label: key, box: null, clickable: true, taps: 0, dead: 0, moves: 0, restMs: 0 },
    ...{ focuses: 0, focusMs: 0, changes: 0, abandons: 0 },
    ...counts,
    clicks: count,
  }));
  return { heatmap, rows, complete: true };
}
const cellsOf = (heat: { elements: HeatElement[] }, key: string) =>
  [...(heat.elements.find((found) => found.key === key)?.cells ?? [])].sort((a, b) => a[0] - b[0]);

describe('the heat of elements', () => {
  it('adds up a place’s hours, of one layer', () => {
    const live = liveElements(
      [
        totals(['c', 3, 20], hour, { [cellName('click', 1, 2)]: 2, [cellName('rage', 1, 2)]: 1, cl: 2, ra: 1 }),
        totals(['c', 3, 20], hour + 3_600_000, { [cellName('click', 1, 2)]: 1, [cellName('click', 9, 9)]: 4, cl: 5 }),
        totals(['m', 3, 20], 'day', { [cellName('move', 1, 2)]: 700, rm: 700, mo: 1 }),
        { ...totals(['c', 3, 20], hour, { [cellName('click', 1, 2)]: 50, cl: 50 }), pk: 'another' },
      ],
      partition,
      'click',
    );
    expect([...(live.get('c|3|20')?.cells ?? [])]).toEqual([
      [4096 + 2, 3],
      [9 * 4096 + 9, 4],
    ]);
    expect(live.get('c|3|20')?.counts).toEqual({ ...counts, clicks: 7, rage: 1 });
  });

  it('takes the larger of today’s two figures, cell by cell, and adds the days before', () => {
    const earlier = answers([{ key: 'a', cells: [[0, 1, 10]] }], { a: 10 });
    const today = answers(
      [
        {
          key: 'a',
          places: [
            ['c', 0, 5],
            ['c', 2, 0],
            ['m', 0, 5],
          ],
          cells: [
            [0, 1, 3],
            [0, 2, 6],
          ],
        },
      ],
      { a: 9 },
    );
    const live = liveElements(
      [
        totals(['c', 0, 5], hour, { [cellName('click', 0, 1)]: 4, [cellName('click', 0, 2)]: 2, cl: 6 }),
        totals(['c', 2, 0], hour, { [cellName('click', 0, 3)]: 5, cl: 5 }),
      ],
      partition,
      'click',
    );
    const heat = elementHeat(earlier, today, live);
    expect(cellsOf(heat, 'a')).toEqual([
      [1, 14],
      [2, 6],
      [3, 5],
    ]);
    expect(heat.elements[0]?.counts.clicks).toBe(21);
    expect(heat.unknown).toBe('');
  });

  it('says which places the answers don’t know, so that they are asked for again, and when those change', () => {
    const first = elementHeat(
      null,
      answers([]),
      liveElements([totals(['c', 0, 8], hour, { cl: 1 })], partition, 'click'),
    );
    const second = elementHeat(
      null,
      answers([]),
      liveElements([totals(['c', 0, 8], hour, { cl: 2 })], partition, 'click'),
    );
    expect(first.unknown).not.toBe('');
    expect(second.unknown).not.toBe(first.unknown);
  });
});

describe('the tiles', () => {
  const spots = [
    { x: 100, y: 511, value: 1 },
    { x: 101, y: 511, value: 2 },
    { x: 100, y: 2000, value: 5 },
  ];

  it('gather near spots and lose nothing', () => {
    const points = [...gatherPoints(spots, 0.5, 20).values()];
    expect(points).toHaveLength(2);
    expect(points.reduce((sum, { value }) => sum + value, 0)).toBe(8);
  });

  it('draw a point in every tile that its brush reaches', () => {
    const tiles = pointsByTile([{ x: 10, y: tileHeightPx - 5, value: 1 }], 3 * tileHeightPx, 800, 20);
    expect(tiles.map((tile) => tile.map(({ y }) => y))).toEqual([[tileHeightPx - 5], [-5], []]);
  });

  it('leave out points whose brush only touches an edge, on which heatmap.js would throw', () => {
    const at = (x: number, y: number) => pointsByTile([{ x, y, value: 1 }], tileHeightPx, 800, 20)[0]?.length;
    expect(at(-20, 100)).toBe(0);
    expect(at(820, 100)).toBe(0);
    expect(at(100, tileHeightPx + 20)).toBe(0);
    expect(at(-19, 100)).toBe(1);
  });

  it('bloom where something grew, and nowhere else', () => {
    const before = gatherPoints(spots, 1, 20);
    const now = gatherPoints([...spots, { x: 100, y: 2000, value: 1 }, { x: 300, y: 40, value: 2 }], 1, 20);
    expect(grownPoints(before, now, 10)).toEqual([
      { x: 300, y: 40, value: 2 },
      { x: 100, y: 2000, value: 1 },
    ]);
    expect(grownPoints(now, now, 10)).toEqual([]);
  });
});

describe('the full end of the colour scale', () => {
  it('is the sum under one brush: near spots add up, far ones don’t', () => {
    const near = Array.from({ length: 10 }, () => ({ x: 100, y: 100, value: 1 }));
    expect(densities(near, 20)).toEqual([10]);
    expect(densities([...near, { x: 500, y: 100, value: 4 }], 20)).toEqual([10, 4]);
    expect(densities([...near, { x: 110, y: 100, value: 4 }], 20)).toEqual([12, 9]);
    expect(densities([], 20)).toEqual([]);
  });
});
