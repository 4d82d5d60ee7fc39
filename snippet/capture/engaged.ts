import { kind } from '../../functions/contract/event.ts';
import { now, on } from '../platform.ts';
import type { Pulse } from '../pulse.ts';

/** After the last input a visitor counts as active for so long. */
const activeMs = 30_000;

/**
 * Sums the time in which the page was visible and its visitor active.
 * @param active told of each stretch of such time, in ms
 * @returns counts the active time up to now: to be called before what `active` counts it for changes
 */
export function startEngaged(pulse: Pulse, active: (ms: number) => void): () => void {
  let inputAt = now();
  let settledAt = inputAt;
  let engagedMs = 0;
  function settle() {
    const ms = pulse.isVisible() ? Math.max(0, Math.min(now(), inputAt + activeMs) - settledAt) : 0;
    settledAt = now();
    engagedMs += ms;
    active(ms);
  }
  on('pointermove pointerdown keydown scroll pageshow visibilitychange', () => {
    settle();
    inputAt = now();
    pulse.touch();
  });
  pulse.collect(() => {
    settle();
    if (engagedMs) pulse.add([kind.engaged, 0, 0, engagedMs]);
    engagedMs = 0;
  });
  return settle;
}
