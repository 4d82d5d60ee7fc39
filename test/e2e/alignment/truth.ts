/**
 * What is true of a layout, by the test's own measure: nothing of the product is used here. The functions run in the page.
 */

/** A person's click: the element, as a way of child indexes from the document, and where inside its box. */
export interface TrueClick {
  way: number[];
  fraction: [x: number, y: number];
  /** Where it was in its own layout: document px, and the width of that viewport. */
  at: [x: number, y: number];
  viewportWidth: number;
}

export interface Candidate {
  way: number[];
}

/** The elements that show something of their own: visible, of some size, and not a mere frame around others. */
export function visibleElements(): Candidate[] {
  const wayOf = (element: Element): number[] =>
    element.parentElement
      ? [...wayOf(element.parentElement), [...element.parentElement.children].indexOf(element)]
      : [];
  const isShown = (element: Element) => {
    const { width, height } = element.getBoundingClientRect();
    const style = getComputedStyle(element);
    return width >= 8 && height >= 8 && style.visibility === 'visible' && Number(style.opacity) > 0.1;
  };
  const isOwn = (element: Element) =>
    [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim()) ||
    ['img', 'input', 'button', 'select', 'textarea', 'i', 'svg'].includes(element.localName) ||
    element.childElementCount === 0;
  return [...document.body.querySelectorAll('*')]
    .filter((element) => !element.closest('svg *') && isOwn(element) && isShown(element))
    .map((element) => ({ way: wayOf(element) }));
}

/** Brings the element into view; what that sets in motion has yet to end. */
export function reveal(way: number[]): void {
  let element: Element | undefined = document.documentElement;
  for (const index of way) element = element?.children[index];
  element?.scrollIntoView({ block: 'center', behavior: 'instant' });
}

/** Nothing moves or is about to. */
export function isAtRest(): boolean {
  return document.getAnimations().every(({ playState, effect }) => {
    const endless = effect?.getComputedTiming().endTime === Number.POSITIVE_INFINITY;
    return endless || playState === 'finished' || playState === 'idle' || playState === 'paused';
  });
}

/** Where the spot is in the viewport, or null when something else lies over it. */
export function aim({ way, fraction }: Pick<TrueClick, 'way' | 'fraction'>): [x: number, y: number] | null {
  let element: Element | undefined = document.documentElement;
  for (const index of way) element = element?.children[index];
  if (!element) return null;
  const { left, top, width, height } = element.getBoundingClientRect();
  const [x, y] = [left + fraction[0] * width, top + fraction[1] * height];
  return document.elementFromPoint(x, y) === element ? [x, y] : null;
}

/**
 * Where these spots are in the layout as it stands: document px, or null where nobody could see them: their element does not
 * show, or the spot lies outside the page or is cut off by a frame around it.
 */
export function spotsNow(clicks: Pick<TrueClick, 'way' | 'fraction'>[]): ([x: number, y: number] | null)[] {
  const isCutOff = (element: Element, x: number, y: number): boolean => {
    for (let frame = element.parentElement; frame && frame !== document.body; frame = frame.parentElement) {
      const { left, top, right, bottom } = frame.getBoundingClientRect();
      const { overflowX, overflowY } = getComputedStyle(frame);
      if (overflowX !== 'visible' && (x < left || x > right)) return true;
      if (overflowY !== 'visible' && (y < top || y > bottom)) return true;
    }
    const { scrollWidth, scrollHeight } = document.documentElement;
    return x + scrollX < 0 || y + scrollY < 0 || x + scrollX > scrollWidth || y + scrollY > scrollHeight;
  };
  return clicks.map(({ way, fraction }) => {
    let element: Element | undefined = document.documentElement;
    for (const index of way) element = element?.children[index];
    if (!element) return null;
    const { left, top, width, height } = element.getBoundingClientRect();
    if (width < 1 || height < 1 || getComputedStyle(element).visibility !== 'visible') return null;
    const [x, y] = [left + fraction[0] * width, top + fraction[1] * height];
    return isCutOff(element, x, y) ? null : [x + scrollX, y + scrollY];
  });
}
