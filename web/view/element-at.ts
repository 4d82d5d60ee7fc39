import type { Box } from '../../functions/contract/answer.ts';
import { holds } from '../../functions/contract/point-in-box.ts';
import type { PlacedElement } from './heatmap-view.ts';
import { shownBox } from './placing.ts';

/** All elements whose box holds the place (in px of the surface), the smallest first. */
export function elementsAt(elements: readonly PlacedElement[], x: number, y: number): PlacedElement[] {
  return elements.filter((element) => shows(element, x, y)).sort((one, other) => areaOf(one) - areaOf(other));
}

/** The smallest element whose box holds the place (in px of the surface), since boxes lie in boxes. */
export function elementAt(elements: readonly PlacedElement[], x: number, y: number): PlacedElement | null {
  let found: PlacedElement | null = null;
  for (const element of elements) {
    if (shows(element, x, y) && (!found || areaOf(element) < areaOf(found))) found = element;
  }
  return found;
}

function shows(element: PlacedElement, x: number, y: number): boolean {
  const box = shownBox(element);
  return box !== null && holds(box, { x, y });
}

function areaOf({ box }: { box: Box | null }): number {
  return box ? box[2] * box[3] : 0;
}
