import { nearest } from './element-key.ts';

/**
 * The browser's own functions, taken when the snippet starts: what the page puts in their place later does not matter. All
 * calls of ours from outside go through `guard`: nothing is ever thrown into the page.
 */
const { setTimeout, clearTimeout, fetch, requestAnimationFrame } = window;

export { clearTimeout, fetch, requestAnimationFrame };
export const { now } = Date;
const { composedPath } = Event.prototype;
const addEventListener = window.addEventListener.bind(window);
export const sendBeacon = navigator.sendBeacon.bind(navigator);

export function guard<Arguments extends unknown[]>(run: (...args: Arguments) => void): (...args: Arguments) => void {
  return (...args) => {
    try {
      run(...args);
    } catch {
      // The page goes on without us.
    }
  };
}

/** Hears of events anywhere in the page before the page does, whatever it stops, and never delays scrolling. */
export function on<E extends Event>(types: string, run: (event: E) => void): void {
  for (const type of types.split(' ')) {
    addEventListener(type, guard(run) as (event: Event) => void, { capture: true, passive: true });
  }
}

export function later(run: () => void, ms: number): number {
  return setTimeout(guard(run), ms);
}

/**
 * The innermost element of an event, inside open shadow trees too. Undefined for the document itself, and for what its author
 * marked as none of our business.
 */
export function elementOf(event: Event): Element | undefined {
  const target = composedPath.call(event)[0];
  return target instanceof Element && !nearest(target, '[data-sp-ignore]') ? target : undefined;
}
