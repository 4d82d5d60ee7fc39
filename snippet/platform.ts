import { nearest } from './element-key.ts';

/**
 * The browser's own functions, taken when the snippet starts: what the page puts in their place later does not matter. All
 * calls of ours from outside go through `guard`: nothing is ever thrown into the page.
 */
export const { addEventListener, clearTimeout, fetch, requestAnimationFrame, setTimeout } = window;
export const { now } = Date;
const { composedPath } = Event.prototype;
/** Some browsers have none, and blockers take it away. */
export const { sendBeacon } = navigator;

/** @returns what `run` returns; undefined when it throws */
export function guard<Arguments extends unknown[], Result>(
  run: (...args: Arguments) => Result,
): (...args: Arguments) => Result | undefined {
  return (...args) => {
    try {
      return run(...args);
    } catch {
      // The page goes on without us.
    }
  };
}

/**
 * Hears of events anywhere in the page before the page does, whatever it stops. No scroll waits for it: at a window, listeners to
 * `wheel` are passive unless they say otherwise (DOM standard, "default passive value").
 */
export function on<E extends Event>(types: string, run: (event: E) => void): void {
  for (const type of types.split(' ')) addEventListener(type, guard(run) as (event: Event) => void, true);
}

/** Where the page has broken this, nothing leaves before the page does. */
export const later = guard((run: () => void, ms: number) => setTimeout(guard(run), ms));

/**
 * The innermost element of an event, inside open shadow trees too. Undefined for what its author marked as none of
 * our business.
 * @throws TypeError when it is the document itself: nothing of the page is meant then
 */
export function elementOf(event: Event): Element | undefined {
  const target = composedPath.call(event)[0] as Element;
  return nearest(target, '[data-sp-ignore]') ? undefined : target;
}
