/** Where React meets what lives outside it. */
import { type DependencyList, type RefObject, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import type { LiveSnapshot, LiveStore } from './live/store.ts';
import { parseRoute, type Route } from './route.ts';

export function useLive(store: LiveStore): LiveSnapshot {
  return useSyncExternalStore(store.subscribe, store.getSnapshot);
}

let routeHash: string | null = null;
let route: Route = { page: 'live' };
function currentRoute(): Route {
  if (location.hash !== routeHash) {
    routeHash = location.hash;
    route = parseRoute(routeHash);
  }
  return route;
}
function onHashChange(listener: () => void): () => void {
  addEventListener('hashchange', listener);
  return () => removeEventListener('hashchange', listener);
}
export function useRoute(): Route {
  return useSyncExternalStore(onHashChange, currentRoute);
}

/** What an API call has given so far. While it is asked again, the last value stays. */
export interface Answer<T> {
  value: T | null;
  error: Error | null;
  loading: boolean;
}

const nothing = { value: null, error: null, loading: true };

/**
 * Calls `load`, as it was given last, at once, whenever `deps` change, and every `everyMs` (0: never again). `name` tells answers of different
 * questions apart: with another name the old value is dropped. An answer that comes after a newer question is ignored.
 */
export function useAnswer<T>(
  name: string,
  load: () => Promise<T>,
  everyMs: number,
  deps: DependencyList = [],
): Answer<T> {
  const [answer, setAnswer] = useState<Answer<T> & { name: string }>({ ...nothing, name });
  const newest = useRef(load);
  newest.current = load;
  useEffect(() => {
    let current = true;
    let asked = 0;
    let answered = 0;
    const ask = () => {
      const question = ++asked;
      const isNews = () => current && question > answered;
      newest.current().then(
        (value) => {
          if (!isNews()) return;
          answered = question;
          setAnswer({ name, value, error: null, loading: false });
        },
        (error: Error) => {
          if (!isNews()) return;
          answered = question;
          setAnswer((last) => ({ name, value: last.name === name ? last.value : null, error, loading: false }));
        },
      );
    };
    ask();
    const timer = everyMs > 0 ? setInterval(ask, everyMs) : undefined;
    return () => {
      current = false;
      clearInterval(timer);
    };
  }, [name, everyMs, ...deps]);
  return answer.name === name ? answer : nothing;
}

/** The element's width on the screen, 0 before it is measured. */
export function useWidth(ref: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const element = ref.current;
    if (!element) return;
    const observer = new ResizeObserver(([entry]) => setWidth(Math.floor(entry?.contentRect.width ?? 0)));
    observer.observe(element);
    return () => observer.disconnect();
  }, [ref]);
  return width;
}
