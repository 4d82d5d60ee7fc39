import { formatVersion, navigation } from '../functions/contract/event.ts';
import { startClick } from './capture/click.ts';
import { trackCustom } from './capture/custom.ts';
import { startForm } from './capture/form.ts';
import { refresh, startPageView } from './capture/page-view.ts';
import { startPointer } from './capture/pointer.ts';
import { startReading } from './capture/reading.ts';
import { startVisibility } from './capture/visibility.ts';
import { loadPart } from './load-part.ts';
import { openOverlay } from './open-overlay.ts';
import { createPageDoor } from './page-door.ts';
import { guard, on } from './platform.ts';
import { createPulse } from './pulse.ts';

/** Calls that are kept until the first view. With `data-manual` there may never be one, and after an opt-out there is none. */
const earlyMax = 100;

/** What the page sees: `sitepulse('signup', { plan: 'team' })`, `sitepulse.page()`, `sitepulse.consent(true)`, `sitepulse.optOut()`. */
interface SitePulse {
  (name: string, properties?: Record<string, unknown>): void;
  /** Counts a view of the page as it is now (with `data-manual`, the only way to). */
  page(): void;
  /**
   * With `data-consent` nothing is captured, kept or sent before `true`, calls of `sitepulse` included. `false` ends all of it until
   * the next document that is loaded. Whoever has opted out, or sends GPC or DNT, stays out.
   */
  consent(isGiven: boolean): void;
  /** Sixteen hex digits that stand for this document's load: what a visitor gives the site's owner to have their day erased. */
  load: string;
  /** Nothing more is sent from this browser, until the site's storage is cleared. */
  optOut(): void;
  /** Calls made before the snippet was there. */
  q?: Iterable<unknown>[];
}

declare global {
  interface Window {
    sitepulse?: SitePulse;
  }
  interface Navigator {
    globalPrivacyControl?: boolean;
  }
  interface Document {
    prerendering?: boolean;
  }
}

(() => {
  const script = document.currentScript as HTMLScriptElement;
  const { dataset } = script;
  const { site } = dataset;
  const before = window.sitepulse;
  if (!site || before?.page) return;

  const isManual = 'manual' in dataset;
  const isWaiting = 'consent' in dataset;
  // It only tells loads apart.
  let load = '';
  while (!load[15]) load += ((Math.random() * 16) | 0).toString(16);
  const url = dataset.endpoint || new URL('/v1/events', script.src);
  const pulse = createPulse(
    { v: formatVersion, k: site, l: load, o: location.origin, g: navigator.language },
    createPageDoor(url),
  );
  let isOut: unknown = openOverlay(script) || navigator.globalPrivacyControl || +(navigator.doNotTrack as string);
  // Where storage is forbidden this throws, and nobody can have opted out.
  guard(() => {
    isOut ||= localStorage.sitepulseOptOut;
  })();
  let view: ((how: number) => void) | undefined;
  let look = () => {};
  /** Calls that wait for the first view; of those before a consent nothing is kept. */
  const early = (!isWaiting && before?.q) || [];
  function flush() {
    while (pulse.current() && early[0]) trackCustom(pulse, early.shift() as Iterable<unknown>);
  }
  function start() {
    const reading = startReading(pulse);
    let panes: HTMLScriptElement | undefined;
    const tellRest = startPointer(pulse);
    pulse.collect(
      guard(() => {
        tellRest();
        reading.collect();
        refresh(pulse.current());
      }),
    );
    view = startPageView(pulse, isManual, 'hash' in dataset, startForm(pulse), () => {
      flush();
      reading.begin();
    });
    startClick(pulse);
    on('scroll', ({ target }) => {
      if (!panes && (target as Element).scrollTop) panes = loadPart('panes.js', script, { pulse });
    });
    look = startVisibility(
      pulse,
      (isLeaving) => {
        // The first view: once the document is there and looked at, or is left before that.
        if (pulse.current() || isManual || document.prerendering || (document.readyState === 'loading' && !isLeaving))
          return;
        view?.(navigation.load);
      },
      () => isManual || view?.(navigation.restore),
    );
    look();
    // Last: a page that asks for Trusted Types throws at it.
    if ('vitals' in dataset) loadPart('vitals.js', script, { pulse, isWaiting });
  }
  window.sitepulse = Object.assign(
    guard((...args: unknown[]) => {
      if (view && !early[earlyMax - 1]) early[early.length] = args;
      flush();
    }),
    {
      page: guard(() => {
        view?.(navigation.manual);
        look();
      }),
      optOut: guard(() => {
        pulse.stop();
        localStorage.sitepulseOptOut = 1;
      }),
      load,
      consent: guard((isGiven: boolean) => (isGiven ? view || isOut || start() : view && pulse.stop())),
    },
  );
  if (!isWaiting && !isOut) start();
})();
