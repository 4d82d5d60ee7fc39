/**
 * Names an element so that the same thing has the same name for every visitor, at every width and after a deploy, and tells
 * what may be said about it. This file imports nothing: the capture function injects it into the pages that it draws.
 */

const keyLengthMax = 200;
const labelLengthMax = 60;
const anchorLengthMax = 64;

/** What a person would expect to react to a click. */
const clickable =
  'a,button,input,select,textarea,label,summary,[onclick],[role=button],[role=link],[role=tab],[role=menuitem],[role=switch]';
/** Only these say what they are for; any other text may be somebody's own. */
const labelled = 'a,button,summary,h1,h2,h3,h4,h5,h6,[role=button],[role=link],[role=tab],[role=menuitem]';
/** Attributes that authors set on purpose, best first. Others (`data-state`, `data-index`) change while a page is used. */
const anchors = ['data-sp-key', 'id', 'data-testid', 'data-test', 'data-qa', 'data-cy', 'data-id', 'data-name'];

/** The element itself or the nearest ancestor that matches, through the borders of open shadow trees. */
export function nearest(element: Element | null | undefined, selector: string): Element | undefined {
  for (let at: Element | null | undefined = element; at; at = hostOf(at)) {
    const found = at.closest(selector);
    if (found) return found;
  }
  return undefined;
}

/** The link, button or field that a click on `element` is meant for; else the picture (not its paths), else the element. */
export function targetOf(element: Element): Element {
  return nearest(element, clickable) || element.closest('svg') || element;
}

export function isClickable(element: Element): boolean {
  return element.matches(clickable);
}

/**
 * A short selector: the way down from the nearest ancestor with a stable, unique name (`#pricing>div:2>a`), or from the body.
 * `:2` is the second of its type among its siblings (the first has no number); `>>` enters a shadow tree. At most 200 characters: of a longer way
 * only its end is kept. Names with digits are passed over, because they are usually generated.
 */
export function elementKey(element: Element): string {
  let key = '';
  let at: Element | null | undefined = element;
  while (at) {
    const anchor = anchorOf(at);
    if (anchor) return shorten(anchor + key);
    const tag: string = at.localName;
    let place = 1;
    for (let before = at.previousElementSibling; before; before = before.previousElementSibling) {
      if (before.localName === tag) place++;
    }
    key = (place > 1 ? `${tag}:${place}` : tag) + key;
    const parent: Element | null = at.parentElement;
    if (tag === 'body' || parent?.localName === 'body') break;
    at = parent || hostOf(at);
    key = at ? (parent ? '>' : '>>') + key : key;
  }
  return shorten(key);
}

/** The text of a link, button or heading, one line of at most 60 characters; '' for everything else. */
export function elementLabel(element: Element): string {
  if (!element.matches(labelled)) return '';
  const text = element.getAttribute('aria-label') || element.textContent || '';
  return text.slice(0, 999).replace(/\s+/g, ' ').trim().slice(0, labelLengthMax);
}

function anchorOf(element: Element): string | undefined {
  for (const name of anchors) {
    const value = element.getAttribute(name);
    if (!value || value.length > anchorLengthMax || /[\d"\\\s]/.test(value)) continue;
    const selector = `[${name}="${value}"]`;
    const root = element.getRootNode() as ParentNode;
    // A name that several elements bear (cards of a list) would add them up.
    if (root.querySelectorAll(selector).length < 2) return name === 'id' ? `#${value}` : selector;
  }
  return undefined;
}

function hostOf(element: Element): Element | undefined {
  return (element.getRootNode() as Partial<ShadowRoot>).host;
}

function shorten(key: string): string {
  return key.slice(-keyLengthMax);
}
