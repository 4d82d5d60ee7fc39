import { describe, expect, it } from 'vitest';
import type { PaneScroll, ScrollAnswer } from '../../../functions/contract/answer.ts';
import type { HeatmapView } from '../../../web/view/heatmap-view.ts';
import { mapDrawing } from '../../../web/view/map-drawing.ts';
import { around, paneMap, panesOn } from '../../../web/view/pane-map.ts';

/** 200 px of 800 show; all ten views came to the end of the first half, four to the end. */
const pane: PaneScroll = {
  key: '#list',
  box: [100, 300, 400, 200],
  viewportWidth: 1280,
  views: 10,
  bands: Array.from({ length: 20 }, (_, band) => ({
    from: band / 20,
    to: (band + 1) / 20,
    reached: band < 3 ? 10 : 4,
    msInView: 100,
  })),
  foldLine: 0.25,
};

describe('panes on a picture', () => {
  it('stand where the picture has them, else where they were last seen, at its width', () => {
    const [onPicture] = panesOn([pane], [{ key: '#list', box: [50, 900, 300, 150] }], 640);
    expect(onPicture).toMatchObject({ box: [50, 900, 300, 150], top: 900, height: 600 });
    const [lastSeen] = panesOn([pane], [], 640);
    expect(lastSeen).toMatchObject({ box: [50, 300, 200, 200], top: 300, height: 800 });
    expect(panesOn([{ ...pane, box: null }], [], 640)).toEqual([]);
  });

  it('show the bands and lines of what shows of them, and no others', () => {
    const [placed] = panesOn([pane], [], 1280);
    if (!placed) throw new Error('the pane has no place');
    const { shapes, lines } = paneMap(placed, 'reach', null);
    // Bands of 40 px: five of them fill the 200 px that show.
    expect(shapes.map(({ box }) => box)).toEqual([0, 1, 2, 3, 4].map((band) => [100, 300 + 40 * band, 400, 40]));
    expect(shapes[0]?.text).toContain('0–5% of the pane: 10 of 10 views');
    expect(lines).toEqual([
      { y: 420, left: 100, width: 400, kind: 'share', label: '75% and 50% of views came this far' },
      { y: 500, left: 100, width: 400, kind: 'fold', label: 'What shows at first ends here, on average' },
    ]);
    // Scrolled down by 100 px, other bands show.
    const scrolled = paneMap({ ...placed, top: 200 }, 'reach', null);
    expect(scrolled.shapes[0]?.box).toEqual([100, 300, 400, 20]);
    expect(scrolled.shapes.at(-1)?.box).toEqual([100, 480, 400, 20]);
  });

  it('have bands of their own and not the page’s, on the page’s scale', () => {
    const view = { width: 1280, height: 1000, spots: [], elements: [], total: 0 } as unknown as HeatmapView;
    const page = { views: 10, bands: pane.bands.map((band) => ({ ...band, msInView: 4_000 })), foldLine: 0.5 };
    const scroll = { ...page, panes: [pane] } as unknown as ScrollAnswer;
    const panes = panesOn([pane], [], 1280);
    const { shapes, end } = mapDrawing({
      layer: 'time',
      view,
      scroll,
      panes,
      isComplete: true,
      fixedAt: null,
      brushPx: 0,
    });
    const at = (x: number, y: number) =>
      shapes.filter(({ box: [l, t, w, h] }) => x >= l && x < l + w && y >= t && y < t + h).map(({ text }) => text);
    expect(end).toBe(4_000);
    expect(at(200, 310)).toEqual([expect.stringContaining('of the pane')]);
    expect(at(50, 310)).toEqual([expect.stringContaining('of the page')]);
    expect(at(600, 310)).toEqual([expect.stringContaining('of the page')]);
    expect(at(200, 510)).toEqual([expect.stringContaining('of the page')]);
  });
});

it('what is left of a band around a box covers all but the box, once', () => {
  const band = { box: [0, 10, 100, 40] as [number, number, number, number], color: 'red', text: '' };
  const pieces = around(band, [20, 0, 30, 30]);
  const area = pieces.reduce((sum, { box }) => sum + box[2] * box[3], 0);
  expect(area).toBe(100 * 40 - 30 * 20);
  expect(around(band, [0, 0, 100, 10])).toEqual([band]);
  expect(around(band, [0, 0, 100, 60])).toEqual([]);
});
