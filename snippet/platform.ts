/**
 * The browser's own functions, taken when the snippet starts: what the page puts in their place later does not matter. All
 * calls of ours from outside go through `guard`: nothing is ever thrown into the page.
 */
const { setTimeout, clearTimeout, fetch, history, navigator } = window;

export { clearTimeout, fetch, history, navigator, setTimeout };
export const { now } = Date;
export const sendBeacon = navigator.sendBeacon.bind(navigator);
const { addEventListener } = EventTarget.prototype;
const { composedPath } = Event.prototype;

export function guard<Arguments extends unknown[]>(run: (...args: Arguments) => void): (...args: Arguments) => void {
  return (...args) => {
    try {
      run(...args);
    } catch {
      // The page goes on without us.
    }
  };
}

/** Listens before the page does (capture phase), whatever it stops, and never delays scrolling. */
export function on<E extends Event>(target: EventTarget, types: string, run: (event: E) => void): void {
  for (const type of types.split(' ')) {
    addEventListener.call(target, type, guard(run) as (event: Event) => void, { capture: true, passive: true });
  }
}

/** The innermost element of an event, inside open shadow trees too; undefined for the document itself. */
export function elementOf(event: Event): Element | undefined {
  const target = composedPath.call(event)[0];
  return target instanceof Element ? target : undefined;
}
