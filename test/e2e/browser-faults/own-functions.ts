/**
 * What pages do to the browser's functions, and how they can tell whether somebody else did. All of this runs in the page,
 * as text: nothing here may use what is outside of its own function.
 */

declare global {
  interface Window {
    /** Names of the browser's functions that are no longer what they were, and of what is new beside them. */
    foreignChanges(): string;
    /** Uses the page's functions, and leaves behind what they do, one line for each. */
    ownBehaviour(): Promise<void>;
    behaviour?: string;
    /** How often the page's own functions were called, by name. */
    calls: Record<string, number>;
  }
}

/** A script element that runs `run` with `argument`. */
export function script<T>(run: (argument: T) => void, argument?: T): string {
  return `<script>(${run})(${JSON.stringify(argument)})</script>`;
}

/** Remembers all functions that a script may replace; `foreignChanges` compares. */
export function rememberFunctions(): void {
  const owners: Record<string, object> = { window, document, history, navigator, performance };
  const types = `Array Date Event EventTarget Element Function History Map Navigator Node Number Object Performance Promise RegExp
    Response Set Storage String XMLHttpRequest`;
  for (const name of types.split(/\s+/)) {
    const type = (window as unknown as Record<string, { prototype: object }>)[name];
    if (!type) throw new Error(`this browser has no ${name}`);
    owners[name] = type;
    owners[`${name}.prototype`] = type.prototype;
  }
  owners.JSON = JSON;
  const { ownKeys, getOwnPropertyDescriptor } = Reflect;
  const ownerNames = Object.keys(owners);
  const read = () => {
    const found: Record<string, unknown> = { __proto__: null };
    for (const name of ownerNames) {
      const owner = owners[name] as object;
      for (const key of ownKeys(owner)) {
        const { get, set, value } = getOwnPropertyDescriptor(owner, key) ?? {};
        found[`${name}.${String(key)}`] = get ?? set ?? (typeof value === 'function' ? value : 'a value');
      }
    }
    return found;
  };
  window.foreignChanges = () => '';
  window.ownBehaviour = async () => {};
  window.calls = {};
  const before = read();
  window.foreignChanges = () => {
    const now = read();
    let names = '';
    for (const name of ownKeys(now)) {
      const own = /^window\.(foreignChanges|ownBehaviour|behaviour|calls)$/.test(String(name));
      if (!own && now[String(name)] !== before[String(name)]) names += `${names && ' '}${String(name)}`;
    }
    return names;
  };
}

/** Uses each function once and writes down what came of it. */
export function tryFunctions(): void {
  const { createElement } = document;
  window.ownBehaviour = async () => {
    let lines = '';
    async function attempt(name: string, run: () => unknown) {
      try {
        lines += `${name}: ${await run()}\n`;
      } catch (error) {
        lines += `${name}: throws ${(error as Error).message}\n`;
      }
    }
    await attempt('push', () => `${[1].push(2, 3)}`);
    await attempt('map', () => `${[1, 2].map((each, index) => each + index)}`);
    await attempt('filter', () => `${[1, 2].filter((each) => each > 1)}`);
    await attempt('forEach', () => {
      let sum = 0;
      [1, 2].forEach((each) => {
        sum += each;
      });
      return sum;
    });
    await attempt('stringify', () => JSON.stringify({ a: [1, 'b', null] }));
    await attempt('Promise', () => new Promise((resolve) => resolve('kept')));
    await attempt('then', () => Promise.resolve(1).then((value) => value + 1));
    await attempt('fetch', async () => (await fetch('/own')).status);
    await attempt('sendBeacon', () => navigator.sendBeacon('/own', 'x'));
    await attempt('performance', () => typeof performance.now());
    await attempt('Date', () => `${new Date(0).toISOString()} ${typeof Date.now()}`);
    await attempt('setTimeout', () => {
      // Not by a promise of the page: it may be broken.
      const timer = setTimeout(() => {}, 0);
      clearTimeout(timer);
      return typeof timer;
    });
    await attempt('addEventListener', () => {
      let heard = '';
      const target = createElement.call(document, 'i');
      target.addEventListener('own', function (this: unknown, event) {
        heard += `${event.type} ${this === target}`;
      });
      target.dispatchEvent(new Event('own'));
      return heard;
    });
    await attempt('pushState', () => {
      const { length } = history;
      const returned = history.pushState({ own: 1 }, '', `${location.pathname}#own`);
      const told = `${returned} ${JSON.stringify(history.state)} ${history.length - length} ${location.hash}`;
      history.replaceState(null, '', location.pathname);
      return `${told} ${history.state} ${location.hash}`;
    });
    await attempt('pushState elsewhere', () => history.pushState(null, '', 'https://elsewhere.example/'));
    window.behaviour = lines;
  };
}
