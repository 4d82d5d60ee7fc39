import type { BrowserContext } from 'playwright-core';

/** A click as the page had it, beside the snippet: where the pointer was, and the box of the element at that moment. */
export interface SeenClick {
  key: string;
  x: number;
  y: number;
  left: number;
  top: number;
  width: number;
  height: number;
  /** Whether it hit the element that was meant, or something inside it. */
  isHit: boolean;
}

/** What the page tells of itself. */
export interface Witness {
  clicks: SeenClick[];
  /** Of each time a page was shown: whether it came out of the back/forward cache. */
  persisted: boolean[];
}

declare global {
  interface Window {
    /** The element that the next clicks are meant for, and how many they are. */
    wanted?: { key: string; element: Element; times: number };
    tellClick(click: SeenClick): void;
    tellShown(persisted: boolean): void;
  }
}

/** Watches all pages that this context opens from now on. */
export async function placeWitness(context: BrowserContext): Promise<Witness> {
  const witness: Witness = { clicks: [], persisted: [] };
  await context.exposeFunction('tellClick', (click: SeenClick) => {
    witness.clicks.push(click);
  });
  await context.exposeFunction('tellShown', (persisted: boolean) => {
    witness.persisted.push(persisted);
  });
  await context.addInitScript(watch);
  return witness;
}

/** Runs in the page, before any of its scripts. */
function watch(): void {
  if (location.protocol === 'about:') return;
  addEventListener('pageshow', ({ persisted }) => window.tellShown(persisted));
  addEventListener(
    'click',
    ({ clientX, clientY, target }) => {
      // After a click on a label the browser makes another, on its field: nobody's.
      if (!window.wanted?.times) return;
      window.wanted.times--;
      const { key, element } = window.wanted;
      const { left, top, width, height } = element.getBoundingClientRect();
      const isHit = target instanceof Node && element.contains(target);
      window.tellClick({ key, x: clientX, y: clientY, left, top, width, height, isHit });
    },
    { capture: true },
  );
}
