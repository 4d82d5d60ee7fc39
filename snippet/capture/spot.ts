import { cellOf } from '../../functions/contract/element-grid.ts';
import type { SpotEvent } from '../../functions/contract/event.ts';
import type { SeenElement } from '../batch.ts';
import { boxOf, elementKey, elementLabel, isClickable } from '../element-key.ts';
import type { Pulse } from '../pulse.ts';

export type Spot = [event: SpotEvent, element: SeenElement];

/** A cell of an element's grid: column and row. */
export type Cell = [col: number, row: number];

/** The cell in which the viewport's point `x`, `y` lies as `element` stands now; without a point, the one in its middle. */
export function cellIn(element: Element, x?: number, y?: number): Cell {
  const { left, top, width, height } = boxOf(element);
  const cell = (from: number, size: number, at = from + size / 2) => cellOf((at - from) / size || 0);
  return [cell(left, width, x), cell(top, height, y)];
}

/**
 * Adds an event that happened in that cell of `element`.
 * @param rest what the event carries after its cell
 * @returns what was added
 */
export function addSpot(
  pulse: Pulse,
  what: SpotEvent[0],
  element: Element,
  cell: Cell,
  ...rest: number[]
): Spot | undefined {
  // Taken out of the page meanwhile, it is nowhere.
  if (!element.isConnected) return;
  const spot: Spot = [[what, 0, 0, ...cell, ...rest] as SpotEvent, seenElement(element)];
  pulse.add(...spot);
  return spot;
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
    +isClickable(element),
  ];
}
