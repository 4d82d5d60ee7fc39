import { cellOf } from '../../functions/contract/element-grid.ts';
import { pixelsMax } from '../../functions/contract/event.ts';
import type { SeenElement } from '../batch.ts';
import { elementKey, elementLabel, isClickable, nearest } from '../element-key.ts';

/** A spot inside an element, as events carry it. */
export interface Spot {
  element: SeenElement;
  col: number;
  row: number;
}

/** Where the viewport's point `x`, `y` is inside the element; without a point, its middle. */
export function spotIn(element: Element, stepPxMax: number, x?: number, y?: number): Spot {
  const box = element.getBoundingClientRect();
  const cell = (at: number | undefined, from: number, size: number) =>
    cellOf(at === undefined || !size ? 0.5 : (at - from) / size, size, stepPxMax);
  return {
    element: [
      elementKey(element),
      elementLabel(element),
      pixels(box.left + scrollX),
      pixels(box.top + scrollY),
      pixels(box.width),
      pixels(box.height),
      isClickable(element) ? 1 : 0,
    ],
    col: cell(x, box.left, box.width),
    row: cell(y, box.top, box.height),
  };
}

/** Part of the page that its author asked us not to look at. */
export function isIgnored(element: Element): boolean {
  return !!nearest(element, '[data-sp-ignore]');
}

function pixels(value: number): number {
  return Math.min(pixelsMax, Math.max(0, Math.round(value)));
}
