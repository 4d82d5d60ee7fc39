import { describe, expect, it } from 'vitest';
import type { Box, ScrollAnswer } from '../../../functions/contract/answer.ts';
import { elementsAt } from '../../../web/view/element-at.ts';
import {
  type columnNames,
  type ElementColumn,
  elementColumns,
  parseColumns,
  type Sorting,
  sortedBy,
  sortRows,
} from '../../../web/view/element-columns.ts';
import { type ElementCounts, noCounts } from '../../../web/view/element-heat.ts';
import { legendColor, legendTicks, roundScaleEnd, scaleEndOf } from '../../../web/view/heat-scale.ts';
import { heatmapView, type PlacedElement } from '../../../web/view/heatmap-view.ts';
import { factsOf, layerNames } from '../../../web/view/layer.ts';
import { mapDrawing } from '../../../web/view/map-drawing.ts';
import { mapLegend } from '../../../web/view/map-legend.ts';
import { shapeAt } from '../../../web/view/map-shape.ts';
import { tapHeat } from '../../../web/view/tap-heat.ts';
import { seenMin, underusedElements } from '../../../web/view/underused.ts';

/** 100 views, of which the share that came to a band falls by 5% a band; the first screen is a quarter of the page. */
const scroll: ScrollAnswer = {
  from: 0,
  to: 1,
  zone: 'UTC',
  path: '/',
  device: 'desktop',
  views: 100,
  bands: Array.from({ length: 20 }, (_, band) => ({
    from: band / 20,
    to: (band + 1) / 20,
    reached: 100 - band * 5,
    msInView: band === 3 ? 60_000 : 30_000,
  })),
  foldLine: 0.25,
  panes: [],
};
const surface = { width: 1280, height: 2000 };
const view = { ...heatmapView([], null, 'desktop'), ...surface };
const draw = (layer: Parameters<typeof factsOf>[0], more: Partial<Parameters<typeof mapDrawing>[0]> = {}) =>
  mapDrawing({ layer, view, scroll, isComplete: true, fixedAt: null, brushPx: 28, ...more });

function placed(key: string, box: Box | null, counts: Partial<ElementCounts> = {}, clickable = true): PlacedElement {
  return { key, label: '', clickable, counts: { ...noCounts, ...counts }, box, exact: true };
}

describe('the layers', () => {
  it('can all be drawn, from nothing too', () => {
    for (const layer of layerNames) {
      const nothing = draw(layer, { scroll: null });
      expect([layer, nothing.total, nothing.shapes, nothing.end > 0]).toEqual([layer, 0, [], true]);
      expect(mapLegend(factsOf(layer), nothing, 28).ticks.length).toBeGreaterThan(0);
    }
  });
});

describe('scroll reach', () => {
  it('is twenty bands over the whole page, hotter where more views came', () => {
    const { shapes, total, end } = draw('reach');
    expect(shapes).toHaveLength(20);
    expect(shapes.reduce((sum, { box }) => sum + box[3], 0)).toBe(surface.height);
    expect([total, end]).toEqual([100, 1]);
    expect(shapes[0]?.color).toBe(legendColor(1, 0.38));
    expect(shapes[10]?.color).toBe(legendColor(0.5, 0.38));
    expect(shapes[10]?.text).toBe('50–55% of the page: 50 of 100 views (50%) · 30s on screen, 0.6s each');
  });

  it('has lines where 75, 50 and 25% of views end, and where the first screen ends', () => {
    const lines = draw('reach').lines.map(({ y, kind }) => [y, kind]);
    expect(lines).toEqual([
      [600, 'share'],
      [1100, 'share'],
      [1600, 'share'],
      [500, 'fold'],
    ]);
  });

  it('has one line where several shares end at the same band', () => {
    const bands = scroll.bands.map((band, index) => ({ ...band, reached: index < 10 ? 100 : 10 }));
    const labels = draw('reach', { scroll: { ...scroll, bands, foldLine: null } }).lines.map(({ label }) => label);
    expect(labels).toEqual(['75% and 50% and 25% of views came this far']);
  });

  it('has no line that nobody was missing at, no fold on a page of one screen, and nothing without views', () => {
    const bands = scroll.bands.map((band) => ({ ...band, reached: 100 }));
    expect(draw('reach', { scroll: { ...scroll, bands, foldLine: 1 } }).lines).toEqual([]);
    expect(draw('reach', { scroll: { ...scroll, views: 0, foldLine: null } })).toMatchObject({ shapes: [], total: 0 });
  });

  it('never says more than all views, though reach is told after the view', () => {
    const { shapes } = draw('reach', { scroll: { ...scroll, views: 50 } });
    expect(shapes[0]?.color).toBe(legendColor(1, 0.38));
  });
});

describe('time in view', () => {
  it('is hottest where the page was longest on screen, unless the scale is fixed', () => {
    expect(draw('time').end).toBe(60_000);
    const fixed = draw('time', { fixedAt: 30_000 });
    expect([fixed.end, fixed.isExceeded]).toEqual([30_000, true]);
    expect(fixed.shapes[0]?.color).toBe(legendColor(1, 0.38));
    expect(draw('time').shapes[0]?.color).toBe(legendColor(0.5, 0.38));
  });
});

describe('under-used elements', () => {
  const at = (band: number): Box => [0, band * 100 + 10, 100, 60];
  const found = (elements: PlacedElement[]) =>
    underusedElements(elements, scroll, surface.height).map(({ element, seen }) => [element.key, seen]);

  it('were on screen often and touched in under 2% of those views, most seen first', () => {
    const elements = [
      placed('hovered twice of 100', at(0), { hovers: 2 }),
      placed('clicked once of 100', at(0), { clicks: 1 }),
      placed('clicked once of 50', at(10), { clicks: 1 }),
      placed('untouched', at(10)),
      placed('seen by 45', at(11)),
      placed('no link', at(0), {}, false),
      placed('nowhere', null),
    ];
    expect(found(elements)).toEqual([
      ['clicked once of 100', 100],
      ['untouched', 50],
    ]);
    expect(seenMin).toBe(50);
  });

  it('are judged by the middle of their box', () => {
    expect(found([placed('tall', [0, 0, 10, 1900])])).toEqual([['tall', 55]]);
  });

  it('are not named on account of touches that could have been theirs', () => {
    expect(found([placed('untouched', at(0)), placed('', null, { clicks: 2 })])).toEqual([]);
    const elements = [placed('untouched', at(0))];
    expect(draw('underused', { view: { ...view, elements } }).total).toBe(1);
    expect(draw('underused', { view: { ...view, elements }, isComplete: false }).total).toBe(0);
  });

  it('include what nobody ever touched: the picture knows it', () => {
    const link = { key: '#help', label: 'Help', clickable: true, box: at(2) };
    const capture = { width: 1280, height: 2000, elements: [link, { ...link, key: 'div', clickable: false }] };
    const seen = heatmapView([], capture as never, 'desktop').elements;
    expect(seen).toEqual([{ ...link, counts: noCounts, exact: true }]);
    expect(found(seen)).toEqual([['#help', 90]]);
  });
});

describe('fields', () => {
  const filled = { focuses: 20, focusMs: 60_000, changes: 12, abandons: 4 };
  const elements = [
    placed('#email', [10, 10, 200, 40], filled),
    placed('#name', [10, 60, 200, 40], { focuses: 20, focusMs: 20_000 }),
    placed('#gone', null, { abandons: 1 }),
    placed('#button', [10, 110, 90, 40], { clicks: 9 }),
  ];
  it('are coloured by how often the form was left there, and say how they were filled in', () => {
    const { shapes, total, end } = draw('field', { view: { ...view, elements }, scroll: null });
    expect([total, end]).toEqual([3, 4]);
    expect(shapes.map(({ box, color }) => [box[1], color])).toEqual([
      [10, legendColor(1, 0.5)],
      [60, legendColor(0, 0.5)],
    ]);
    expect(shapes[0]?.text).toBe('#email: 20 visits of 3s, 12 changed it · 4 left the form here (20%)');
  });
});

describe('taps', () => {
  const element = (clicks: number, taps: number) => ({
    key: 'a',
    label: '',
    box: null,
    viewportWidth: 0,
    clickable: true,
    cells: new Map([
      [1, clicks / 2],
      [2, clicks / 2],
    ]),
    counts: { ...noCounts, clicks, taps },
  });
  const cells = (clicks: number, taps: number) => [...(tapHeat([element(clicks, taps)])[0]?.cells.values() ?? [])];

  it('are exact where an element was only tapped or only clicked, and spread as its clicks where it was both', () => {
    expect(cells(8, 8)).toEqual([4, 4]);
    expect(cells(8, 0)).toEqual([]);
    expect(cells(8, 2)).toEqual([1, 1]);
  });
  it('are never more than the cells hold, nor divided by none', () => {
    expect(cells(8, 9)).toEqual([4, 4]);
    expect(cells(0, 0)).toEqual([0, 0]);
  });
});

describe('the scale', () => {
  it('ends at the 99th percentile of places, of few at the largest, and never too low', () => {
    const places = Array.from({ length: 200 }, (_, index) => index + 1);
    expect(scaleEndOf(places, null, 5)).toEqual({ end: 198, isExceeded: true });
    expect(scaleEndOf([7, 90, 3], null, 5)).toEqual({ end: 90, isExceeded: false });
    expect(scaleEndOf([1], null, 5)).toEqual({ end: 5, isExceeded: false });
    expect(scaleEndOf([], null, 5)).toEqual({ end: 5, isExceeded: false });
  });
  it('stays where it was fixed, whatever the map has', () => {
    expect(scaleEndOf([7, 90, 3], 40, 5)).toEqual({ end: 40, isExceeded: true });
    expect(scaleEndOf([1], 3, 5)).toEqual({ end: 3, isExceeded: false });
  });
  it('is fixed at a round number first', () => {
    expect([1, 7.2, 99, 101, 12_345].map(roundScaleEnd)).toEqual([1, 8, 99, 110, 13_000]);
  });
  it('is printed with its unit, and says when some places have more', () => {
    const ticks = (...of: Parameters<typeof mapLegend>) => mapLegend(...of).ticks.map(({ text }) => text);
    expect(ticks(factsOf('click'), { end: 160, isExceeded: true }, 28)).toEqual(['10', '40', '90', '160+']);
    expect(ticks(factsOf('move'), { end: 16_000, isExceeded: false }, 60)).toEqual(['1s', '4s', '9s', '16s']);
    expect(ticks(factsOf('reach'), { end: 1, isExceeded: false }, 0)).toEqual(['25%', '50%', '75%', '100%']);
    expect(mapLegend(factsOf('click'), { end: 9, isExceeded: false }, 28).title).toBe(
      'Clicks within 28 px of the page',
    );
    expect(legendTicks(2, 'root').map(({ value }) => value)).toEqual([1, 2]);
  });
  it('has the legend’s own colours', () => {
    expect([legendColor(0, 0.5), legendColor(1, 0.5)]).toEqual(['rgba(63, 81, 214, 0.5)', 'rgba(229, 45, 39, 0.5)']);
  });
});

describe('a place of the map', () => {
  const boxes = [
    placed('section', [0, 0, 500, 500]),
    placed('button', [10, 10, 50, 20]),
    placed('far', [800, 0, 9, 9]),
  ];
  it('lists the elements under it, smallest first', () => {
    expect(elementsAt(boxes, 20, 20).map(({ key }) => key)).toEqual(['button', 'section']);
    expect(elementsAt(boxes, 700, 20)).toEqual([]);
  });
  it('has the figures of the smallest shape there', () => {
    const shape = (name: string, box: Box) => ({ box, color: '', text: name });
    const shapes = [shape('large', [0, 0, 100, 100]), shape('small', [10, 10, 5, 5])];
    expect([shapeAt(shapes, 12, 12)?.text, shapeAt(shapes, 15, 15)?.text, shapeAt(shapes, 100, 0)]).toEqual([
      'small',
      'large',
      null,
    ]);
  });
});

describe('the element table', () => {
  const rows = [
    placed('b', null, { clicks: 5, hovers: 10, hesitations: 1 }),
    placed('a', null, { clicks: 5, hovers: 4, hesitations: 2 }),
    placed('c', null, { clicks: 10 }),
  ];
  const whole = { clicks: 20, views: 50 };
  const order = (sorting: Sorting) => sortRows(rows, sorting, whole).map(({ key }) => key);

  it('sorts by any column, either way, with equal rows in a steady order', () => {
    expect(order({ by: 'clicks', descending: true })).toEqual(['c', 'a', 'b']);
    expect(order({ by: 'clicks', descending: false })).toEqual(['a', 'b', 'c']);
    expect(order({ by: 'name', descending: false })).toEqual(['a', 'b', 'c']);
  });
  it('puts what has no value last, either way', () => {
    expect(order({ by: 'hesitation', descending: true })).toEqual(['a', 'b', 'c']);
    expect(order({ by: 'hesitation', descending: false })).toEqual(['b', 'a', 'c']);
  });
  it('turns round when the same column is chosen again', () => {
    expect(sortedBy({ by: 'clicks', descending: true }, 'clicks')).toEqual({ by: 'clicks', descending: false });
    expect(sortedBy({ by: 'clicks', descending: false }, 'rage')).toEqual({ by: 'rage', descending: true });
    expect(sortedBy({ by: 'clicks', descending: false }, 'name')).toEqual({ by: 'name', descending: false });
  });
  it('says shares only where there is something to take a share of', () => {
    const value = (name: (typeof columnNames)[number], of = whole as Parameters<ElementColumn['value']>[1]) => {
      const column: ElementColumn = elementColumns[name];
      return column.value(rows[0]?.counts ?? noCounts, of);
    };
    expect([value('share'), value('perView'), value('hesitation')]).toEqual([0.25, 0.1, 0.1]);
    expect([value('share', { clicks: 0, views: 0 }), value('perView', { clicks: 1, views: null })]).toEqual([
      null,
      null,
    ]);
  });
  it('reads back which columns were chosen', () => {
    expect(parseColumns('rage,clicks,smell')).toEqual(['clicks', 'rage']);
    expect([parseColumns(null), parseColumns('')]).toEqual([null, []]);
  });
});
