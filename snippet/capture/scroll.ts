import { kind, scrollBandCount } from '../../functions/contract/event.ts';
import { later, on, requestAnimationFrame } from '../platform.ts';
import type { Pulse } from '../pulse.ts';
import { startEngaged } from './engaged.ts';

/**
 * Which bands of the page came into view, and for how much active time each was seen.
 * @returns begins anew, for another page view
 */
export function startScroll(pulse: Pulse): () => void {
  /** 1: came into view; 2: and was told. */
  let reached: number[] = [];
  let seenMs: number[] = [];
  let from = 0;
  let to = 0;
  /** The address when this was last looked at; '' before the page's first frame. */
  let place = '';
  const settle = startEngaged(pulse, (ms) => {
    for (let band = from; band <= to; band++) seenMs[band] = (seenMs[band] || 0) + ms;
  });

  function look() {
    settle();
    place = location.href;
    const { scrollTop, clientHeight, scrollHeight } = scroller();
    const bandOf = (y: number) =>
      Math.min(scrollBandCount - 1, Math.max(0, Math.floor((y / scrollHeight) * scrollBandCount)));
    from = bandOf(scrollTop);
    to = bandOf(scrollTop + clientHeight - 1);
    for (let band = from; band <= to; band++) reached[band] ||= 1;
  }

  on('scroll resize', () => {
    look();
    pulse.wake();
  });
  pulse.collect(() => {
    // An application changes the address before it draws the next page, or after it: what is there now may not be this page.
    if (place === location.href) look();
    for (let first = 0; first < scrollBandCount; first++) {
      let next = first;
      while (reached[next] === 1) reached[next++] = 2;
      if (next > first) pulse.add([kind.reach, 0, 0, first, next - 1]);
    }
    const pairs = seenMs.flatMap((ms, band) => (ms ? [band, ms] : []));
    seenMs = [];
    if (pairs.length) pulse.add([kind.bands, 0, 0, pairs]);
  });
  return () => {
    reached = [];
    place = '';
    // Only what a frame has shown was on screen: until then there are no styles, or it is still the page before.
    requestAnimationFrame(() =>
      later(() => {
        look();
        pulse.wake();
      }, 0),
    );
  };
}

/** What is scrolled: the document, or where that does not scroll, the pane that fills the middle. */
export function scroller(): Element {
  const root = document.documentElement;
  let at = root.scrollHeight > innerHeight ? root : document.elementFromPoint(innerWidth / 2, innerHeight / 2);
  while (at && at.scrollHeight <= at.clientHeight) at = at.parentElement;
  return at || root;
}
