import { cellOf } from '../../functions/contract/element-grid.ts';
import type { ElementEvent } from '../../functions/contract/event.ts';
import { elementKey, elementLabel, isClickable } from '../element-key.ts';
import type { Pulse } from '../pulse.ts';

/**
 * Adds an event that happened at the viewport's point `x`, `y` inside `element` (without a point, in its middle).
 * @param rest what the event carries after its cell
 */
export function addSpot(
  pulse: Pulse,
  what: ElementEvent[0],
  element: Element,
  point: [x: number, y: number] | undefined,
  ...rest: number[]
): void {
  // Taken out of the page meanwhile, it is nowhere.
  if (!element.isConnected) return;
  const { left, top, width, height } = element.getBoundingClientRect();
  const cell = (from: number, size: number, at?: number) =>
    cellOf(at === undefined || !size ? 0.5 : (at - from) / size);
  pulse.add(
    [what, 0, 0, cell(left, width, point?.[0]), cell(top, height, point?.[1]), ...rest.map(Math.round)] as ElementEvent,
    [
      elementKey(element),
      elementLabel(element),
      ...([left + scrollX, top + scrollY, width, height].map(Math.round) as [number, number, number, number]),
      isClickable(element) ? 1 : 0,
    ],
  );
}
