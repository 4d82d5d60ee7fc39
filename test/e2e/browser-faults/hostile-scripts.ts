/**
 * What pages do to the browser that we share with them. All of this runs in the page, as text: nothing here may use what is
 * outside of its own function.
 */

/** Puts functions of the page's own in the place of the browser's, as trackers and frameworks do. All of them work. */
export function wrapBrowser(): void {
  const count = (name: string) => {
    window.calls[name] = (window.calls[name] ?? 0) + 1;
  };
  const { fetch: ownFetch, setTimeout: ownTimeout } = window;
  window.fetch = (...args) => {
    count('fetch');
    return ownFetch(...args);
  };
  window.setTimeout = ((...args: Parameters<typeof ownTimeout>) => {
    count('setTimeout');
    return ownTimeout(...args);
  }) as typeof setTimeout;
  for (const method of ['pushState', 'replaceState'] as const) {
    const original = history[method];
    history[method] = function (...args) {
      count(method);
      return original.apply(this, args);
    };
  }
  const { addEventListener } = EventTarget.prototype;
  EventTarget.prototype.addEventListener = function (type, listener, options) {
    const heard = typeof listener === 'function' ? (event: Event) => listener.call(this, event) : listener;
    return addEventListener.call(this, type, heard, options);
  };
  const { now } = performance;
  performance.now = () => now.call(performance) + 1;
  const { sendBeacon } = navigator;
  // A common slip: it says nothing about whether the beacon was taken.
  navigator.sendBeacon = ((...args: Parameters<typeof sendBeacon>) => {
    count('sendBeacon');
    sendBeacon.apply(navigator, args);
  }) as typeof sendBeacon;
}

/** Puts others in the place of the language's, as old libraries and polyfills do: some count for `for … in`. All of them work. */
export function wrapLanguage(): void {
  const { Promise: OwnPromise, Date: OwnDate } = window;
  const { stringify } = JSON;
  Object.assign(Array.prototype, {
    push<T>(this: T[], ...items: T[]) {
      for (const item of items) this[this.length] = item;
      return this.length;
    },
    map<T, U>(this: T[], run: (item: T, index: number, list: T[]) => U, self?: unknown) {
      const result: U[] = [];
      for (let index = 0; index < this.length; index++) result[index] = run.call(self, this[index] as T, index, this);
      return result;
    },
    filter<T>(this: T[], run: (item: T, index: number, list: T[]) => unknown, self?: unknown) {
      const result: T[] = [];
      for (let index = 0; index < this.length; index++) {
        if (run.call(self, this[index] as T, index, this)) result[result.length] = this[index] as T;
      }
      return result;
    },
    forEach<T>(this: T[], run: (item: T, index: number, list: T[]) => void, self?: unknown) {
      for (let index = 0; index < this.length; index++) run.call(self, this[index] as T, index, this);
    },
    last<T>(this: T[]) {
      return this[this.length - 1];
    },
  });
  JSON.stringify = ((...args: Parameters<typeof stringify>) => stringify(...args)) as typeof stringify;
  window.Promise = class extends OwnPromise<unknown> {} as PromiseConstructor;
  window.Date = class extends OwnDate {} as DateConstructor;
}

/** What `breakFunctions` can break. */
export const breakable = [
  'fetch',
  'history',
  'push',
  'map',
  'forEach',
  'filter',
  'stringify',
  'Promise',
  'addEventListener',
  'setTimeout',
  'performance.now',
  'sendBeacon',
  'Date',
];

/** Breaks functions for good: whoever calls one of them gets an error. */
export function breakFunctions(names: readonly string[]): void {
  const places: Record<string, [owner: object, key: string][]> = {
    history: [
      [history, 'pushState'],
      [history, 'replaceState'],
    ],
    push: [[Array.prototype, 'push']],
    map: [[Array.prototype, 'map']],
    forEach: [[Array.prototype, 'forEach']],
    filter: [[Array.prototype, 'filter']],
    stringify: [[JSON, 'stringify']],
    Promise: [
      [Promise.prototype, 'then'],
      [window, 'Promise'],
    ],
    addEventListener: [
      [EventTarget.prototype, 'addEventListener'],
      [window, 'addEventListener'],
    ],
    setTimeout: [
      [window, 'setTimeout'],
      [window, 'clearTimeout'],
    ],
    'performance.now': [[performance, 'now']],
    sendBeacon: [[navigator, 'sendBeacon']],
  };
  const value = () => {
    throw new Error('refused by the page');
  };
  const { defineProperty } = Object;
  for (const name of names) {
    for (const [owner, key] of places[name] ?? [[window, name]]) defineProperty(owner, key, { value, writable: true });
  }
}

/** Refuses all that a page may store, as browsers do that were told to. */
export function refuseStorage(): void {
  const refuse = () => {
    throw new DOMException('storage is refused', 'SecurityError');
  };
  for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'caches', 'cookieStore']) {
    Object.defineProperty(window, name, { get: refuse });
  }
  Object.defineProperty(document, 'cookie', { get: refuse, set: refuse });
}

/** Throws wherever a page may: at once, in listeners, timers and promises, in its handler of errors and on its way to a page. */
export function throwEverywhere(): void {
  const fail = (where: string) => {
    throw new Error(`of the page, ${where}`);
  };
  for (const type of ['DOMContentLoaded', 'load', 'click', 'pointerdown', 'pagehide', 'visibilitychange']) {
    addEventListener(type, () => fail(`on ${type}`), true);
  }
  addEventListener('error', () => fail('in its handler of errors'), { once: true });
  setTimeout(() => fail('in a timer'));
  Promise.reject(new Error('of the page, in a promise'));
  const { pushState } = history;
  history.pushState = function (...args) {
    pushState.apply(this, args);
    fail('after pushState');
  };
  fail('at once');
}

/** Keeps `history` as it is, whoever wants to change it. */
export function keepHistory(): void {
  const { pushState, replaceState } = history;
  Object.defineProperty(history, 'pushState', { value: pushState });
  Object.defineProperty(history, 'replaceState', { value: replaceState });
}
