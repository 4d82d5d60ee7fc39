import { kind, scrollBandCount } from '../../functions/contract/event.ts';
import { guard, on, setTimeout } from '../platform.ts';
import type { Pulse } from '../pulse.ts';
import { activeUntilNow, whenActive } from './engaged.ts';

const sampleMs = 100;

let reached: boolean[] = [];
let reported: boolean[] = [];
let inView: [from: number, to: number] = [0, 0];
let activeMs: number[] = [];

/** Which bands of the page came into view, and for how long each was seen. */
export function startScroll(pulse: Pulse): void {
  let isWaiting = false;
  whenActive((ms) => {
    for (let band = inView[0]; band <= inView[1]; band++) activeMs[band] = (activeMs[band] || 0) + ms;
  });
  on(window, 'scroll resize', () => {
    if (isWaiting) return;
    isWaiting = true;
    setTimeout(
      guard(() => {
        isWaiting = false;
        look();
        pulse.wake();
      }),
      sampleMs,
    );
  });
  pulse.collect(() => {
    look();
    for (let from = 0; from < scrollBandCount; from++) {
      let to = from;
      while (reached[to] && !reported[to]) reported[to++] = true;
      if (to > from) pulse.add([kind.reach, 0, 0, from, to - 1]);
    }
    const pairs = activeMs.flatMap((ms, band) => (Math.round(ms) ? [band, Math.round(ms)] : []));
    activeMs = [];
    if (pairs.length) pulse.add([kind.bands, 0, 0, pairs]);
  });
}

/** A new page view begins with nothing seen. */
export function restartScroll(): void {
  reached = [];
  reported = [];
  activeMs = [];
  look();
}

/** The height of what is scrolled: the document, or where that does not scroll, the pane that fills the middle. */
export function contentHeight(): number {
  return scroller().scrollHeight;
}

function look() {
  activeUntilNow();
  const { scrollTop, clientHeight, scrollHeight } = scroller();
  const bandOf = (y: number) =>
    Math.min(scrollBandCount - 1, Math.max(0, Math.floor((y / scrollHeight) * scrollBandCount)));
  inView = [bandOf(scrollTop), bandOf(scrollTop + clientHeight - 1)];
  for (let band = inView[0]; band <= inView[1]; band++) reached[band] = true;
}

function scroller(): Element {
  const root = document.scrollingElement || document.documentElement;
  if (root.scrollHeight > innerHeight) return root;
  let at = document.elementFromPoint(innerWidth / 2, innerHeight / 2);
  while (at && (at.scrollHeight <= at.clientHeight || !/auto|scroll/.test(getComputedStyle(at).overflowY)))
    at = at.parentElement;
  return at || root;
}
