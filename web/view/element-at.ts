import type { PlacedElement } from './heatmap-view.ts';

/** The smallest element whose box holds the place (in px of the surface), since boxes lie in boxes. */
export function elementAt(elements: readonly PlacedElement[], x: number, y: number): PlacedElement | null {
  let found: PlacedElement | null = null;
  let foundArea = Number.POSITIVE_INFINITY;
  for (const element of elements) {
    if (!element.box) continue;
    const [left, top, width, height] = element.box;
    const area = width * height;
    if (x < left || y < top || x > left + width || y > top + height || area >= foundArea) continue;
    found = element;
    foundArea = area;
  }
  return found;
}
