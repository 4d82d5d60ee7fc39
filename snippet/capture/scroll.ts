import { kind, scrollBandCount } from '../../functions/contract/event.ts';
import { on } from '../platform.ts';
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
  const settle = startEngaged(pulse, (ms) => {
    for (let band = from; band <= to; band++) seenMs[band] = (seenMs[band] || 0) + ms;
  });

  function look() {
    settle();
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
    look();
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
    look();
  };
}

/** What is scrolled: the document, or where that does not scroll, the pane that fills the middle. */
export function scroller(): Element {
  const root = document.documentElement;
  let at = root.scrollHeight > innerHeight ? root : document.elementFromPoint(innerWidth / 2, innerHeight / 2);
  while (at && at.scrollHeight <= at.clientHeight) at = at.parentElement;
  return at || root;
}
