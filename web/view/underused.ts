/**
 * Elements that many have on screen and few touch. For the whole range and one class of devices:
 *
 *     seen(e)    = views that had the 5 % band of the page on screen in which the middle of e's box lies
 *     touched(e) = clicks on e + hovers over e
 *     e is under-used  ⇔  e can be clicked,  seen(e) ≥ 50,  and  (touched(e) + unnamed) / seen(e) < 2 %
 *
 * `unnamed` are the page's touches that belong to no element by name: they could be anybody's, so they count against the claim.
 * Where the page has more elements than are counted one by one, nobody can say which were left alone, and none is named. What the data can't say: a band on screen is not a look at the element, several touches may
 * be one person's, and a touch screen knows no hovers. Pure.
 */
import type { ScrollAnswer } from '../../functions/contract/answer.ts';
import { legendColor, type ScaleEnd, scaleEndOf } from './heat-scale.ts';
import type { PlacedElement } from './heatmap-view.ts';
import { factsOf } from './layer.ts';
import type { MapShape } from './map-shape.ts';
import { formatNumbered, formatShare } from './number-format.ts';
import { shownBox } from './placing.ts';

export const seenMin = 50;
export const touchedShareMax = 0.02;

const boxAlpha = 0.55;

export interface Underused {
  element: PlacedElement;
  seen: number;
  touched: number;
}

type Scroll = Pick<ScrollAnswer, 'bands'>;

/** Most seen first. */
export function underusedElements(elements: readonly PlacedElement[], scroll: Scroll, height: number): Underused[] {
  const unnamed = elements.find(({ key }) => key === '');
  const unnamedTouches = unnamed ? touchesOf(unnamed) : 0;
  const found: Underused[] = [];
  for (const element of elements) {
    const box = shownBox(element);
    if (!element.clickable || !box || element.key === '') continue;
    const seen = seenBy(box[1] + box[3] / 2, scroll, height);
    const touched = touchesOf(element);
    if (seen >= seenMin && (touched + unnamedTouches) / seen < touchedShareMax) found.push({ element, seen, touched });
  }
  return found.sort((a, b) => b.seen - a.seen || a.touched - b.touched || (a.element.key < b.element.key ? -1 : 1));
}

function touchesOf({ counts }: PlacedElement): number {
  return counts.clicks + counts.hovers;
}

function seenBy(y: number, { bands }: Scroll, height: number): number {
  const share = Math.min(0.999_999, Math.max(0, y / height));
  return bands.find(({ from, to }) => share >= from && share < to)?.reached ?? 0;
}

export interface UnderusedMap extends ScaleEnd {
  shapes: MapShape[];
  found: Underused[];
}

export function underusedMap(
  elements: readonly PlacedElement[],
  scroll: Scroll,
  height: number,
  fixedAt: number | null,
): UnderusedMap {
  const found = underusedElements(elements, scroll, height);
  const scale = scaleEndOf(
    found.map(({ seen }) => seen),
    fixedAt,
    factsOf('underused').scaleEndMin,
  );
  const shapes = found.flatMap(({ element, seen, touched }): MapShape[] => {
    const box = shownBox(element);
    if (!box) return [];
    const color = legendColor(Math.min(1, seen / scale.end), boxAlpha);
    return [{ box, color, text: textOf(element, seen, touched) }];
  });
  return { shapes, found, ...scale };
}

function textOf({ key, label, counts }: PlacedElement, seen: number, touched: number): string {
  const touches = `${formatNumbered(counts.clicks, 'click')}, ${formatNumbered(counts.hovers, 'hover')}`;
  return `${label || key}: on screen in ${formatNumbered(seen, 'view')} · ${touches} (${formatShare(touched, seen)})`;
}
