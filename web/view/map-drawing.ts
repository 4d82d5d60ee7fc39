/** All that is drawn over the page for one layer, whoever draws it: the map on the screen, or its picture in a file. Pure. */
import type { ScrollAnswer } from '../../functions/contract/answer.ts';
import { fieldMap } from './field-map.ts';
import { densities } from './heat-density.ts';
import { type ScaleEnd, scaleEndOf } from './heat-scale.ts';
import type { HeatmapView, Spot } from './heatmap-view.ts';
import { factsOf, type Layer } from './layer.ts';
import type { MapLine, MapShape } from './map-shape.ts';
import { around, type PlacedPane, paneMap } from './pane-map.ts';
import { scrollMap } from './scroll-map.ts';
import { underusedMap } from './underused.ts';

export interface MapDrawing extends ScaleEnd {
  spots: readonly Spot[];
  shapes: readonly MapShape[];
  lines: readonly MapLine[];
  /** What the map is of: clicks, ms, views, elements (see the layer's `nouns`). */
  total: number;
}

const noSpots: readonly Spot[] = [];
const nothing = { spots: noSpots, shapes: [], lines: [] };

export interface MapWish {
  layer: Layer;
  view: HeatmapView;
  /** Null while it is not known. */
  scroll: ScrollAnswer | null;
  /** Where the page's panes are, of layers of reading. */
  panes?: readonly PlacedPane[];
  /** Whether every element that was touched is in the view. */
  isComplete: boolean;
  /** End of the scale; null: it follows the map. */
  fixedAt: number | null;
  /** Radius of the brush in px of the surface. */
  brushPx: number;
}

export function mapDrawing({ layer, view, scroll, panes = [], isComplete, fixedAt, brushPx }: MapWish): MapDrawing {
  const { drawn, scaleEndMin } = factsOf(layer);
  if (drawn === 'cells') {
    const scale = scaleEndOf(densities(view.spots, brushPx), fixedAt, scaleEndMin);
    return { ...nothing, spots: view.spots, total: view.total, ...scale };
  }
  const empty = { ...nothing, total: 0, end: fixedAt ?? scaleEndMin, isExceeded: false };
  if (layer === 'field') return { ...nothing, ...fieldMap(view.elements, fixedAt) };
  if (!scroll || scroll.views === 0) return empty;
  if (layer === 'reach' || layer === 'time') {
    const map = scrollMap(scroll, layer, view, fixedAt);
    // On one scale with the page: a colour means the same in both.
    const inPanes = panes.map((pane) => paneMap(pane, layer, map.end));
    const ofPage = panes.reduce((shapes, { box }) => shapes.flatMap((shape) => around(shape, box)), map.shapes);
    const shapes = [...ofPage, ...inPanes.flatMap((pane) => pane.shapes)];
    const lines = [...map.lines, ...inPanes.flatMap((pane) => pane.lines)];
    return { ...nothing, ...map, shapes, lines, total: scroll.views };
  }
  if (!isComplete) return empty;
  const { found, ...map } = underusedMap(view.elements, scroll, view.height, fixedAt);
  return { ...nothing, ...map, total: found.length };
}
