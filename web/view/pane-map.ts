/** How a page's panes were read, as bands inside each of them. Pure. */
import type { Box, CaptureElement, PaneScroll } from '../../functions/contract/answer.ts';
import type { MapLine, MapShape } from './map-shape.ts';
import { type ScrollLayer, scrollMap } from './scroll-map.ts';

/** A pane on a surface, in its px. */
export interface PlacedPane {
  pane: PaneScroll;
  /** What of it shows. */
  box: Box;
  /** Where what it holds begins, and how high that is: beyond the box, above or below, it is hidden. */
  top: number;
  height: number;
}

/** Panes on a picture, which shows each as it is before anybody has scrolled; those that it lacks where they were last seen. */
export function panesOn(
  panes: readonly PaneScroll[],
  elements: readonly Pick<CaptureElement, 'key' | 'box'>[],
  width: number,
): PlacedPane[] {
  const known = new Map(elements.map(({ key, box }) => [key, box]));
  return panes.flatMap((pane): PlacedPane[] => {
    const { key, viewportWidth, foldLine } = pane;
    const scale = viewportWidth > 0 ? width / viewportWidth : 1;
    const [x, y, w, h] = pane.box ?? [0, 0, 0, 0];
    const box = known.get(key) ?? ([x * scale, y, w * scale, h] as const);
    if (box[2] <= 0 || box[3] <= 0 || !foldLine) return [];
    return [{ pane, box: [...box], top: box[1], height: box[3] / foldLine }];
  });
}

/** Bands and lines of what of a pane shows. */
export function paneMap(
  { pane, box: [left, top, width, shown], top: begin, height }: PlacedPane,
  layer: ScrollLayer,
  fixedAt: number | null,
): { shapes: MapShape[]; lines: MapLine[]; end: number } {
  const map = scrollMap(pane, layer, { width, height: Math.round(height) }, fixedAt, 'pane');
  const bottom = top + shown;
  const shapes = map.shapes.flatMap(({ box: [, y, , h], ...rest }): MapShape[] => {
    const from = Math.max(top, begin + y);
    const to = Math.min(bottom, begin + y + h);
    return to > from ? [{ ...rest, box: [left, from, width, to - from] }] : [];
  });
  const lines = map.lines
    .map((line): MapLine => ({ ...line, y: begin + line.y, left, width }))
    .filter(({ y }) => y > top && y <= bottom);
  return { shapes, lines, end: map.end };
}

/** What is left of a band of the page around a pane, which has bands of its own. */
export function around(shape: MapShape, [x, y, w, h]: Box): MapShape[] {
  const [left, top, width, height] = shape.box;
  const [right, bottom] = [left + width, top + height];
  const [from, to] = [Math.max(top, y), Math.min(bottom, y + h)];
  if (from >= to || x >= right || x + w <= left) return [shape];
  const pieces: Box[] = [
    [left, top, width, from - top],
    [left, from, x - left, to - from],
    [x + w, from, right - x - w, to - from],
    [left, to, width, bottom - to],
  ];
  return pieces.filter(([, , across, down]) => across > 0 && down > 0).map((box) => ({ ...shape, box }));
}
