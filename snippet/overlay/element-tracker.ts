import { type Clipper, clippersOf } from '../clippers.ts';
import { boxOf } from '../element-key.ts';
import { findElement, openRoots, type Root } from './find-element.ts';
import { everywhere, intersection, type Rect, type Showing } from './projection.ts';

interface Tracked {
  element: Element;
  /** The scroll containers that cut it off, innermost first. */
  clippers: Clipper[];
}

/** Looking for all elements again costs: at most this share of the time, and not more often than each 200 ms. */
const searchShare = 0.1;
const searchEveryMs = 200;

/**
 * Knows where the elements of some keys are. Boxes are measured for each frame, whatever moved them: scrolling, an animation, a
 * font that came late. Which element a key names is looked up again when the document has changed.
 */
export class ElementTracker {
  private keys: readonly string[] = [];
  private tracked = new Map<string, Tracked>();
  private showing = new Map<string, Showing>();
  private measured = '';
  /** Changes when an element comes, goes or has another size: where it is does not matter. */
  sizes = '';
  private isStale = true;
  private searchAt = 0;
  private readonly observer = new MutationObserver(() => {
    this.isStale = true;
  });

  track(keys: readonly string[]): void {
    if (keys.join('\n') === this.keys.join('\n')) return;
    this.keys = keys;
    this.isStale = true;
    this.searchAt = 0;
  }

  readonly showingOf = (key: string): (Showing & { element: Element }) | null => {
    const showing = this.showing.get(key);
    const element = this.tracked.get(key)?.element;
    return showing && element ? { ...showing, element } : null;
  };

  /** Measures all boxes. @returns whether any changed */
  measure(now: number): boolean {
    if (this.isStale && now >= this.searchAt) this.search(now);
    const showing = new Map<string, Showing>();
    const rects = new Map<Element, Rect>();
    const rectOf = (element: Element): Rect => {
      const known = rects.get(element) ?? element.getBoundingClientRect();
      rects.set(element, known);
      return known;
    };
    let measured = '';
    let sizes = '';
    for (const [key, { element, clippers }] of this.tracked) {
      if (!element.isConnected) this.isStale = true;
      // As the snippet does when it tells a cell.
      const box = boxOf(element);
      if (box.right <= box.left || box.bottom <= box.top || isHidden(element)) continue;
      const clip = clippers.reduce(
        (rect, clipper) => intersection(rect, windowOf(clipper, rectOf(clipper.element))),
        everywhere,
      );
      showing.set(key, { box, clip });
      sizes += `${key} ${box.right - box.left} ${box.bottom - box.top}\n`;
      measured += `${key} ${textOf(box)} ${textOf(clip)} ${element.scrollTop} ${element.scrollHeight}\n`;
    }
    const hasChanged = measured !== this.measured;
    this.showing = showing;
    this.measured = measured;
    this.sizes = sizes;
    return hasChanged;
  }

  close(): void {
    this.observer.disconnect();
    this.tracked.clear();
    this.showing.clear();
  }

  private search(now: number): void {
    const began = performance.now();
    const roots = openRoots(document);
    const found = new Map<string, Tracked>();
    for (const key of this.keys) {
      const element = findElement(key, roots);
      if (element) found.set(key, { element, clippers: clippersOf(element) });
    }
    this.tracked = found;
    this.isStale = false;
    this.searchAt = now + Math.max(searchEveryMs, (performance.now() - began) / searchShare);
    this.observe(roots);
  }

  /** Roots that are observed already stay so. */
  private observe(roots: readonly Root[]): void {
    for (const root of roots) this.observer.observe(root, { subtree: true, childList: true, attributes: true });
  }
}

/** What a clipper of these bounds lets through. */
function windowOf({ x, y }: Clipper, { left, top, right, bottom }: Rect): Rect {
  return {
    left: x ? left : everywhere.left,
    top: y ? top : everywhere.top,
    right: x ? right : everywhere.right,
    bottom: y ? bottom : everywhere.bottom,
  };
}

function isHidden(element: Element): boolean {
  return element.checkVisibility?.({ visibilityProperty: true }) === false;
}

function textOf({ left, top, right, bottom }: Rect): string {
  return `${left} ${top} ${right} ${bottom}`;
}
