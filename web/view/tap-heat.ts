/**
 * Heat of taps. Cells count clicks and taps together; how many of an element's clicks were taps is counted, too. So an element's
 * cells are weighted by its share of taps: exact for an element that was only tapped (on phones nearly all are) or only clicked;
 * of others the number is right, and the taps are spread as all clicks on it are. Pure.
 */
import type { HeatElement } from './element-heat.ts';

export function tapHeat(elements: readonly HeatElement[]): HeatElement[] {
  return elements.map((element) => {
    const clicks = [...element.cells.values()].reduce((sum, value) => sum + value, 0);
    const taps = Math.min(element.counts.taps, clicks);
    if (taps === clicks) return element;
    const cells = new Map<number, number>();
    if (taps > 0) for (const [cell, value] of element.cells) cells.set(cell, (value * taps) / clicks);
    return { ...element, cells };
  });
}
