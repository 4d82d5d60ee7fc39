/**
 * Names an element so that the same thing has the same name for every visitor, at every width and after a deploy, and tells
 * what may be said about it. This file imports nothing: the capture function injects it into the pages that it draws.
 */

const keyLengthMax = 200;
const labelLengthMax = 60;

/** What says by its text what it is for; any other text may be somebody's own. */
const speaking = 'a,button,summary,[role=button],[role=link],[role=tab]';
/** What a person would expect to react to a click. */
export const clickable = `${speaking},input,select,textarea,label,[onclick]`;
const labelled = `${speaking},h1,h2,h3,h4,h5,h6`;

/** The element itself or the nearest ancestor that matches, through the borders of open shadow trees. */
export function nearest(element: Element | undefined, selector: string): Element | undefined {
  return element && (element.closest(selector) || nearest((element.getRootNode() as ShadowRoot).host, selector));
}

/** The link, button or field that a click on `element` is meant for; else the picture (not its paths), else the element. */
export function targetOf(element: Element): Element {
  return nearest(element, clickable) || element.closest('svg') || element;
}

/** Where the element shows: a link around nothing but a picture is where the picture is, however wide the line. */
export function boxOf(element: Element): DOMRect {
  // Asked at every stop of the pointer, of whole sections, too: so nothing is searched.
  const first = element.firstElementChild;
  return (first?.matches('img:only-child') ? first : element).getBoundingClientRect();
}

export function isClickable(element: Element): boolean {
  return element.matches(clickable);
}

/**
 * A short selector: the way down from the nearest ancestor with a stable, unique name (`#pricing>div:2>a`), or from the body.
 * `:2` is the second of its type among its siblings (the first has no number); `>>` enters a shadow tree. At most 200
 * characters: of a longer way only its end is kept. Names with digits are passed over, because they are usually generated.
 */
export function elementKey(element: Element): string {
  return wayTo(element).slice(-keyLengthMax);
}

/** The text of a link, button or heading, one line of at most 60 characters; '' for everything else, and for what is being written. */
export function elementLabel(element: Element): string {
  const isSaid = element.matches(labelled) && !(element as HTMLElement).isContentEditable;
  // As it is shown, where `textContent` of a card reads "North€12.50". What is drawn in an SVG has no such text, and no label.
  const text = isSaid && (element.getAttribute('aria-label') || (element as HTMLElement).innerText);
  return (text || '').replace(/\s+/g, ' ').trim().slice(0, labelLengthMax);
}

function wayTo(element: Element): string {
  const { localName, parentElement } = element;
  const root = element.getRootNode() as ShadowRoot;
  // Attributes that authors set on purpose, best first. Others (`data-state`, `data-index`) change while a page is used.
  for (const name of ['data-sp-key', 'id', 'data-testid', 'data-test', 'data-id']) {
    const value = element.getAttribute(name);
    const selector = `[${name}="${value}"]`;
    // A name that several elements bear (cards of a list) would add them up.
    if (value && /^[^\d"\\\s]{1,64}$/.test(value) && !root.querySelectorAll(selector)[1]) {
      return name === 'id' ? `#${value}` : selector;
    }
  }
  // No function of lists: a page may have put its own in their places.
  let step = localName;
  let place = 1;
  for (const each of (parentElement || root).children) {
    if (each === element) break;
    if (each.localName === localName) step = `${localName}:${++place}`;
  }
  const above = parentElement || root.host;
  return !above || above.matches('html,body') ? step : wayTo(above) + (parentElement ? '>' : '>>') + step;
}
