import { elementKeyLengthMax } from '../../functions/contract/event.ts';
import { elementKey } from '../element-key.ts';

export type Root = Document | ShadowRoot;

/** The document and every open shadow tree in it, outermost first. */
export function openRoots(from: Root): Root[] {
  const inside = [...from.querySelectorAll('*')].flatMap(({ shadowRoot }) => (shadowRoot ? openRoots(shadowRoot) : []));
  return [from, ...inside];
}

/**
 * The element that bears `key` now; null where none does. What was found is asked for its key again, so that a key is never
 * taken for something else's. Where several components each have one (an `id` in their shadow trees), the first is meant.
 * @param roots as `openRoots` gives them
 */
export function findElement(key: string, roots: readonly Root[]): Element | null {
  const found = key.length < elementKeyLengthMax ? walk(key, roots) : search(key, roots);
  return found && elementKey(found) === key ? found : null;
}

/** Goes the way that the key tells. */
function walk(key: string, roots: readonly Root[]): Element | null {
  const [anchor = ''] = /^(#[^\s"\\>]+|\[[\w-]+="[^"\\\s]*"\])/.exec(key) ?? [];
  const way = key.slice(anchor.length);
  if (anchor) {
    const selector = anchor.startsWith('#') ? `[id="${anchor.slice(1)}"]` : anchor;
    const starts = roots.map((root) => root.querySelectorAll(selector)).filter(({ length }) => length === 1);
    return firstOf(starts, (found) => follow(found[0], way));
  }
  const [root] = roots;
  if (!(root instanceof Document)) return null;
  const { body, documentElement } = root;
  if (key === 'html') return documentElement;
  return firstOf([body, documentElement], (start) => follow(start, `>${way}`));
}

/** Down from `element`: `>div:2` is its second `div`, `>>div` the first in its shadow tree. */
function follow(element: Element | undefined, way: string): Element | null {
  let at = element;
  let length = 0;
  for (const [step, border, name, place] of way.matchAll(/(>>?)([^>:]+)(?::(\d+))?/g)) {
    const within = border === '>>' ? at?.shadowRoot : at;
    at = [...(within?.children ?? [])].filter(({ localName }) => localName === name)[Number(place ?? 1) - 1];
    length += step.length;
  }
  return length === way.length ? (at ?? null) : null;
}

/** Of a key that was cut only the end is known: of all elements with the last step's name, the one that bears it. */
function search(key: string, roots: readonly Root[]): Element | null {
  const name = /(?:^|>)([^>:]+)(?::\d+)?$/.exec(key)?.[1];
  if (!name) return null;
  const alike = roots.flatMap((root) => [...root.querySelectorAll(CSS.escape(name))]);
  const bearing = alike.filter((element) => elementKey(element) === key);
  return bearing.length === 1 ? (bearing[0] ?? null) : null;
}

function firstOf<T>(list: readonly T[], find: (one: T) => Element | null): Element | null {
  for (const one of list) {
    const found = find(one);
    if (found) return found;
  }
  return null;
}
