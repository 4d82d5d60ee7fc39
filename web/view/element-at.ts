import type { Box } from '../../functions/contract/answer.ts';
import type { PlacedElement } from './heatmap-view.ts';

/** All elements whose box holds the place (in px of the surface), the smallest first. */
export function elementsAt(elements: readonly PlacedElement[], x: number, y: number): PlacedElement[] {
  const area = ({ box }: PlacedElement) => (box ? box[2] * box[3] : 0);
  return elements.filter(({ box }) => box && holds(box, x, y)).sort((a, b) => area(a) - area(b));
}

/** The smallest element whose box holds the place (in px of the surface), since boxes lie in boxes. */
export function elementAt(elements: readonly PlacedElement[], x: number, y: number): PlacedElement | null {
  let found: PlacedElement | null = null;
  let foundArea = Number.POSITIVE_INFINITY;
  for (const element of elements) {
    if (!element.box) continue;
    const area = element.box[2] * element.box[3];
    if (!holds(element.box, x, y) || area >= foundArea) continue;
    found = element;
    foundArea = area;
  }
  return found;
}

function holds([left, top, width, height]: Box, x: number, y: number): boolean {
  return x >= left && y >= top && x <= left + width && y <= top + height;
}
