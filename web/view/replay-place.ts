/** Where a replay's elements stand on the page's picture: by the heatmap's own projection. Pure. */
import type { CapturePicture, HeatmapAnswer } from '../../functions/contract/answer.ts';
import type { SessionReplay } from '../../functions/contract/session-replay.ts';
import { type HeatElement, noCounts } from './element-heat.ts';
import { type HeatmapView, heatmapView } from './heatmap-view.ts';
import { type Placing, placeIn } from './placing.ts';
import type { ReplayScene, ReplaySpot } from './replay.ts';

export interface ReplaySurface {
  view: HeatmapView;
  /** By key; an element that could not be placed is not in it. */
  boxes: ReadonlyMap<string, Placing>;
}

/**
 * The page of a scene: on its picture, else where this visitor saw its elements, else where others did.
 * @param heatmap null: not there (yet)
 */
export function replaySurface(
  { path, device }: Pick<ReplayScene, 'path' | 'device'>,
  replay: SessionReplay,
  heatmap: HeatmapAnswer | null,
): ReplaySurface {
  const cells = new Map<number, number>();
  const elements = new Map<string, HeatElement>();
  for (const element of replay.elements) {
    if (element.path === path && element.device === device)
      elements.set(element.key, { ...element, cells, counts: noCounts });
  }
  for (const { key, label, box, viewportWidth, clickable } of heatmap?.elements ?? []) {
    if (!elements.has(key)) elements.set(key, { key, label, box, viewportWidth, clickable, cells, counts: noCounts });
  }
  const view = heatmapView([...elements.values()], pictureOf(heatmap), device);
  const placed = view.elements.filter(({ box }) => box);
  return { view, boxes: new Map(placed.map((element) => [element.key, element])) };
}

export function pictureOf(heatmap: HeatmapAnswer | null): CapturePicture | null {
  return heatmap?.capture && !('error' in heatmap.capture) ? heatmap.capture : null;
}

/** In px of the surface; null where the element has no place. */
export function placeOf(
  { boxes }: ReplaySurface,
  { key, x, y }: ReplaySpot,
): { x: number; y: number; exact: boolean } | null {
  const placing = boxes.get(key);
  return placing ? placeIn(placing, { x, y }) : null;
}

/** How sure the places of a scene are. */
export function placedCounts(surface: ReplaySurface, { steps }: ReplayScene): HeatmapView['placed'] {
  const placed = { exact: 0, fallback: 0, none: 0 };
  for (const { spot } of steps) {
    if (!spot) continue;
    const found = placeOf(surface, spot);
    placed[found ? (found.exact ? 'exact' : 'fallback') : 'none'] += 1;
  }
  return placed;
}

/** Where the window's top is to be, so that `y` is well within it; where it is when it is. All in px of the screen. */
export function cameraTop(top: number, windowPx: number, y: number): number {
  const marginPx = windowPx / 6;
  if (y >= top + marginPx && y <= top + windowPx - marginPx) return top;
  return Math.max(0, y - windowPx / 2);
}
