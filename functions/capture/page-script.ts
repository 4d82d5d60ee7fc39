/**
 * Runs inside the captured page: lists its visible elements with the very keys that the snippet gives them.
 * Bundled by itself into `page-script.js`, whose text the camera evaluates.
 */
import { clippersOf } from '../../snippet/clippers.ts';
import { boxOf, elementKey, elementLabel, isClickable, targetOf } from '../../snippet/element-key.ts';
import type { Box, CaptureElement } from '../contract/answer.ts';

/** What moves are counted on; clicks may be on anything. */
const sections = 'header,nav,main,section,article,aside,footer,form,ul,ol,table,[role=region],body';
/** Pages have many thousands of elements; looking further costs time and finds nothing that fits the bound. */
const elementsLookedAtMax = 20_000;

/** What people act on first, then the containers, then the rest, each in document order: what is left out is least missed. */
export function listElements(countMax: number): CaptureElement[] {
  const ranked: Element[][] = [[], [], []];
  for (const element of everyElement(document.documentElement, elementsLookedAtMax)) {
    // A click on a part of a link counts on the link.
    if (targetOf(element) !== element || !isVisible(element)) continue;
    ranked[isClickable(element) ? 0 : element.matches(sections) ? 1 : 2]?.push(element);
  }
  const found = new Map<string, CaptureElement>();
  for (const element of ranked.flat()) {
    if (found.size >= countMax) break;
    const key = elementKey(element);
    if (found.has(key)) continue;
    const clickable = isClickable(element);
    const window = windowOf(element);
    found.set(key, {
      key,
      label: elementLabel(element),
      clickable,
      box: documentBox(boxOf(element)),
      ...(window && { window: documentBox(window) }),
    });
  }
  return [...found.values()];
}

/** In document order, through open shadow trees. */
function everyElement(root: Element, countMax: number): Element[] {
  const found: Element[] = [];
  const waiting: Element[] = [root];
  while (waiting.length > 0 && found.length < countMax) {
    const element = waiting.pop();
    if (!element || element.localName === 'head') continue;
    found.push(element);
    // A picture is one thing, its paths are not elements to anyone.
    if (element.localName === 'svg') continue;
    const children = [...(element.shadowRoot?.children ?? []), ...element.children];
    waiting.push(...children.reverse());
  }
  return found;
}

function isVisible(element: Element): boolean {
  const { width, height } = element.getBoundingClientRect();
  if (width < 1 || height < 1 || getComputedStyle(element).visibility !== 'visible') return false;
  return !isCutOff(element);
}

/** Scrolled out of a pane, or folded away: its box lies where something else shows. */
function isCutOff(element: Element): boolean {
  const window = windowOf(element);
  return window !== null && !(window.width > 0 && window.height > 0 && meet(boxOf(element), window));
}

function meet(box: DOMRect, window: DOMRect): boolean {
  return box.left < window.right && box.right > window.left && box.top < window.bottom && box.bottom > window.top;
}

/** What the element's surroundings let through; null: all of it. */
function windowOf(element: Element): DOMRect | null {
  const { scrollWidth, scrollHeight } = document.documentElement;
  let [left, top] = [-scrollX, -scrollY];
  let [right, bottom] = [left + scrollWidth, top + scrollHeight];
  const clippers = clippersOf(element);
  for (const clipper of clippers) {
    const shown = clipper.element.getBoundingClientRect();
    if (clipper.x) [left, right] = [Math.max(left, shown.left), Math.min(right, shown.right)];
    if (clipper.y) [top, bottom] = [Math.max(top, shown.top), Math.min(bottom, shown.bottom)];
  }
  const box = boxOf(element);
  const isWhole = box.left >= left && box.top >= top && box.right <= right && box.bottom <= bottom;
  return clippers.length === 0 || isWhole ? null : new DOMRect(left, top, right - left, bottom - top);
}

/** Document px, whole. */
function documentBox({ left, top, width, height }: Pick<DOMRect, 'left' | 'top' | 'width' | 'height'>): Box {
  return [left + scrollX, top + scrollY, width, height].map(Math.round) as Box;
}

Object.assign(globalThis, { sitepulseElements: listElements });
