import { formatVersion, kind, navigation } from '../functions/contract/event.ts';
import { startClick } from './capture/click.ts';
import { trackCustom } from './capture/custom.ts';
import { startHover } from './capture/hover.ts';
import { startMove } from './capture/move.ts';
import { startOutbound } from './capture/outbound.ts';
import { startPageView } from './capture/page-view.ts';
import { startScroll } from './capture/scroll.ts';
import { startVisibility } from './capture/visibility.ts';
import { createPageDoor } from './page-door.ts';
import { guard, on } from './platform.ts';
import { createPulse, type Pulse } from './pulse.ts';

/** What the page sees: `sitepulse('signup', { plan: 'team' })`, `sitepulse.page()`, `sitepulse.optOut()`. */
interface SitePulse {
  (name: string, properties?: Record<string, unknown>): void;
  /** Counts a view of the page as it is now (with `data-manual`, the only way to). */
  page(): void;
  /** Nothing more is sent from this browser, until the site's storage is cleared. */
  optOut(): void;
  /** Calls made before the snippet was there. */
  q?: ArrayLike<unknown>[];
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

const optedOutItem = 'sitepulse-opt-out';

guard(() => {
  const script = document.currentScript as HTMLScriptElement;
  const { site = '', endpoint, manual, hash } = script.dataset;
  const before = window.sitepulse;
  if (!site || before?.page) return;

  let pulse: Pulse | undefined;
  let optedOut: string | null | undefined;
  // Where storage is forbidden this throws, and nobody can have opted out.
  guard(() => {
    optedOut = localStorage.getItem(optedOutItem);
  })();
  let view: ((how: number) => void) | undefined;
  const early = [...(before?.q || [])];
  window.sitepulse = Object.assign(
    guard((...args: unknown[]) => {
      if (pulse) trackCustom(pulse, args[0], args[1]);
      else early.push(args);
    }),
    {
      page: guard(() => view?.(navigation.manual)),
      optOut: guard(() => {
        pulse?.stop();
        localStorage.setItem(optedOutItem, '1');
      }),
    },
  );

  /** Begins once the document is there and looked at, or is left before that. */
  function start(event?: Event) {
    const isLeft = event?.type === 'pagehide';
    if (pulse || document.prerendering || (document.readyState === 'loading' && !isLeft)) return;
    if (navigator.globalPrivacyControl || navigator.doNotTrack === '1' || optedOut) return;
    const [load = 0n] = crypto.getRandomValues(new BigUint64Array(1));
    pulse = createPulse(
      {
        v: formatVersion,
        k: site,
        l: load.toString(16).padStart(16, '0'),
        o: location.origin,
        g: navigator.language,
      },
      createPageDoor(endpoint || `${new URL(script.src).origin}/v1/events`),
    );
    const viewed = startScroll(pulse);
    startMove(pulse);
    startHover(pulse);
    const isManual = manual !== undefined;
    view = startPageView(pulse, isManual, hash !== undefined, viewed);
    startClick(pulse);
    startOutbound(pulse);
    startVisibility(pulse, () => isManual || view?.(navigation.restore));
    for (const args of early) trackCustom(pulse, args[0], args[1]);
    if (isLeft) pulse.hide(kind.leave);
  }
  on('DOMContentLoaded pagehide prerenderingchange', start);
  start();
})();
