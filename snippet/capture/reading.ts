import { kind, scrollBandCount } from '../../functions/contract/event.ts';
import { later, now, on, requestAnimationFrame } from '../platform.ts';
import type { Pulse } from '../pulse.ts';
import { scroller } from './scroller.ts';

/** After the last input a visitor counts as active for so long. */
export const activeMs = 30_000;
const bands = [...Array(scrollBandCount).keys()];

/**
 * Sums the time in which the page was visible and its visitor active, in all and for each band of the page that was in view;
 * and notes which bands came into view.
 * @returns `collect` adds what was summed up, `begin` is called after each view
 */
export function startReading(pulse: Pulse): { collect(): void; begin(): void } {
  /** 1: came into view; 2: and was told. */
  let reached: number[] = [];
  let inView = [0];
  let seenMs: number[] = [];
  let activeSumMs = 0;
  let settledAt = now();
  /** The address when this was last looked at; '' before the page's first frame. */
  let place = '';

  function settle() {
    const ms = Math.min(now(), pulse.touchedAt() + activeMs) - settledAt;
    settledAt = now();
    if (!pulse.isVisible() || ms <= 0) return;
    for (const band of inView) seenMs[band] = (seenMs[band] || 0) + ms;
    activeSumMs += ms;
  }

  function look() {
    settle();
    place = location.href;
    const { scrollTop, clientHeight, scrollHeight } = scroller();
    const bandPx = scrollHeight / scrollBandCount;
    inView = [];
    for (const band of bands) {
      if ((band + 1) * bandPx > scrollTop && band * bandPx < scrollTop + clientHeight) {
        inView[inView.length] = band;
        reached[band] ||= 1;
      }
    }
    pulse.wake();
  }

  // A person's doing: pages scroll by themselves, too.
  on('pointermove pointerdown keydown wheel', () => {
    settle();
    pulse.touch();
  });
  on('scroll resize', look);
  return {
    collect() {
      settle();
      // An application changes the address before it draws the next page, or after it: what is there now may not be this page.
      if (place === location.href) look();
      for (const first of bands) {
        let next = first;
        while (reached[next] === 1) reached[next++] = 2;
        if (next > first) pulse.add([kind.reach, 0, 0, first, next - 1]);
      }
      if (activeSumMs) {
        pulse.add([kind.engaged, 0, 0, activeSumMs]);
        pulse.add([kind.bands, 0, 0, seenMs.flatMap((ms, band) => [band, ms])]);
      }
      seenMs = [];
      activeSumMs = 0;
    },
    begin() {
      reached = [];
      place = '';
      // Only what a frame has shown was on screen: until then there are no styles, or it is still the page before.
      requestAnimationFrame(() => later(look, 0));
    },
  };
}
