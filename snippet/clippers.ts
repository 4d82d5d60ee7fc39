/** An element that cuts off what it holds, at its left and right (`x`), at its top and bottom (`y`), or at both. */
export interface Clipper {
  element: Element;
  x: boolean;
  y: boolean;
}

/** What cuts `element` off: ancestors that scroll or hide what is beyond their box, as far as they hold it; innermost first. */
export function clippersOf(element: Element): Clipper[] {
  const clippers: Clipper[] = [];
  let { position } = getComputedStyle(element);
  for (let at = above(element); at && !at.matches('body,html') && position !== 'fixed'; at = above(at)) {
    const style = getComputedStyle(at);
    // It has no box, whatever else its style says.
    if (style.display === 'contents') continue;
    // What is placed absolutely hangs on the next ancestor that is placed at all.
    if (position === 'absolute' && style.position === 'static') continue;
    const x = style.overflowX !== 'visible';
    const y = style.overflowY !== 'visible';
    // Text in a line is not cut off by what it is in.
    if ((x || y) && style.display !== 'inline') clippers.push({ element: at, x, y });
    position = style.position;
  }
  return clippers;
}

function above(element: Element): Element | null {
  return element.assignedSlot ?? element.parentElement ?? (element.getRootNode() as Partial<ShadowRoot>).host ?? null;
}
