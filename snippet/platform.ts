import { nearest } from './element-key.ts';

/**
 * The browser's own functions, taken when the snippet starts: what the page puts in their place later does not matter. All
 * calls of ours from outside go through `guard`: nothing is ever thrown into the page.
 */
export const { addEventListener, clearTimeout, fetch, requestAnimationFrame, setTimeout } = window;
export const { now } = Date;
const { composedPath } = Event.prototype;
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

/** Hears of events anywhere in the page before the page does, whatever it stops. */
export function on<E extends Event>(types: string, run: (event: E) => void): void {
  for (const type of types.split(' ')) addEventListener(type, guard(run) as (event: Event) => void, true);
}

export function later(run: () => void, ms: number): number {
  return setTimeout(guard(run), ms);
}

/**
 * The innermost element of an event, inside open shadow trees too. Undefined for what its author marked as none of
 * our business.
 * @throws TypeError when it is the document itself: nothing of the page is meant then
 */
export function elementOf(event: Event): Element | undefined {
  const target = composedPath.call(event)[0] as Element;
  return nearest(target, '[data-sp-ignore]') ? undefined : target;
}
