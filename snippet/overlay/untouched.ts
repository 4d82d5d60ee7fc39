import { type HeatElement, noCounts } from '../../web/view/element-heat.ts';
import { clickable, elementKey, elementLabel } from '../element-key.ts';
import { openRoots } from './find-element.ts';

/** Naming an element takes a moment: of more than so many, the rest is not looked at. */
const untouchedMax = 400;

/** The elements, and those of the page that could have been clicked and of which nothing was counted. */
export function withUntouched(elements: readonly HeatElement[]): HeatElement[] {
  const all = new Map(elements.map((element) => [element.key, element]));
  const candidates = openRoots(document).flatMap((root) => [...root.querySelectorAll(clickable)]);
  for (const element of candidates.slice(0, untouchedMax)) {
    const key = elementKey(element);
    const known = all.get(key);
    const facts = { key, label: elementLabel(element), box: null, viewportWidth: 0, clickable: true };
    all.set(key, known ? { ...known, clickable: true } : { ...facts, cells: new Map(), counts: noCounts });
  }
  return [...all.values()];
}
