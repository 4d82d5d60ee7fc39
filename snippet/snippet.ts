import { kind } from '../functions/contract/event.ts';
import { startClick } from './capture/click.ts';
import { trackCustom } from './capture/custom.ts';
import { startEngaged } from './capture/engaged.ts';
import { startHover } from './capture/hover.ts';
import { startMove } from './capture/move.ts';
import { startOutbound } from './capture/outbound.ts';
import { startPageView } from './capture/page-view.ts';
import { startScroll } from './capture/scroll.ts';
import { startVisibility } from './capture/visibility.ts';
import { createPageDoor } from './page-door.ts';
import { guard, navigator, on } from './platform.ts';
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
  const script = document.currentScript as HTMLScriptElement | null;
  const before = window.sitepulse;
  const site = script?.dataset.site;
  if (!script || !site || before?.page) return;

  let pulse: Pulse | undefined;
  let view = () => {};
  const early = [...(before?.q || [])];
  const sitepulse = (...args: unknown[]) => {
    if (pulse) trackCustom(pulse, args[0], args[1]);
    else early.push(args);
  };
  window.sitepulse = Object.assign(guard(sitepulse), {
    page: guard(() => view()),
    optOut: guard(() => {
      pulse?.stop();
      localStorage.setItem(optedOutItem, '1');
    }),
  });

  if (navigator.globalPrivacyControl || navigator.doNotTrack === '1' || isOptedOut()) return;

  const start = () => {
    if (pulse) return;
    const { endpoint, manual, hash } = script.dataset;
    const load = [...crypto.getRandomValues(new Uint8Array(8))]
      .map((byte) => byte.toString(16).padStart(2, '0'))
      .join('');
    pulse = createPulse(
      { site, load, origin: location.origin, language: navigator.language },
      createPageDoor(endpoint || `${new URL(script.src).origin}/v1/events`),
    );
    startEngaged(pulse);
    startScroll(pulse);
    startMove(pulse);
    startHover(pulse);
    view = startPageView(pulse, { isManual: manual !== undefined, hasHash: hash !== undefined });
    startClick(pulse);
    startOutbound(pulse);
    startVisibility(pulse);
    for (const [name, properties] of early.map((args) => [args[0], args[1]])) trackCustom(pulse, name, properties);
  };
  whenReady(start, () => {
    if (pulse) return;
    start();
    (pulse as Pulse | undefined)?.hide(kind.leave);
  });
})();

/** Calls `start` once the document is there and looked at; `leave` when it is left, maybe before. */
function whenReady(start: () => void, leave: () => void) {
  if (document.prerendering) on(document, 'prerenderingchange', () => whenReady(start, leave));
  else if (document.readyState !== 'loading') start();
  else {
    on(document, 'DOMContentLoaded', start);
    on(window, 'pagehide', leave);
  }
}

function isOptedOut(): boolean {
  try {
    return !!localStorage.getItem(optedOutItem);
  } catch {
    // Storage is forbidden here: nobody can have opted out.
    return false;
  }
}
