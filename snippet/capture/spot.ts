import { cellOf } from '../../functions/contract/element-grid.ts';
import type { SpotEvent } from '../../functions/contract/event.ts';
import type { SeenElement } from '../batch.ts';
import { boxOf, clickable, elementKey, elementLabel } from '../element-key.ts';
import type { Pulse } from '../pulse.ts';

/** Adds an event that happened at the spot. `rest` is what it carries after its cell. */
export type AddAt = (what: SpotEvent[0], ...rest: number[]) => void;

/** A place in the viewport, as mouse events tell it. */
export type Point = Pick<MouseEvent, 'clientX' | 'clientY'>;

/** In px. */
export const distance = (one: Point, other: Point) =>
  Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY);

/**
 * Notes where in `element`, as it stands now, that point is (without one, its middle): when something is told of it the page may
 * have moved.
 */
export function spotIn(pulse: Pulse, element: Element, { clientX, clientY }: Partial<Point> = {}): AddAt {
  const { left, top, width, height } = boxOf(element);
  const cell = (from: number, size: number, at = from + size / 2) => cellOf((at - from) / size || 0);
  const col = cell(left, width, clientX);
  const row = cell(top, height, clientY);
  return (what, ...rest) => {
    // Taken out of the page meanwhile, it is nowhere.
    if (element.isConnected) pulse.add([what, 0, 0, col, row, ...rest] as SpotEvent, seenElement(element));
  };
}

/** An element with the box that it has now. */
export function seenElement(element: Element): SeenElement {
  const { left, top, width, height } = element.getBoundingClientRect();
  return [
    elementKey(element),
    elementLabel(element),
    Math.round(left + scrollX),
    Math.round(top + scrollY),
    Math.round(width),
    Math.round(height),
    +element.matches(clickable),
  ];
}
