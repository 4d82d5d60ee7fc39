import { kind } from '../../functions/contract/event.ts';
import { now, on } from '../platform.ts';
import type { Pulse } from '../pulse.ts';

/** After the last input a visitor counts as active for so long. */
const activeMs = 30_000;

const heard: ((ms: number) => void)[] = [];
let settle = () => {};

/** Sums the time in which the page was visible and its visitor active. */
export function startEngaged(pulse: Pulse): void {
  let inputAt = now();
  let settledAt = inputAt;
  let engagedMs = 0;
  settle = () => {
    const until = Math.min(now(), inputAt + activeMs);
    const ms = pulse.isVisible() ? Math.max(0, until - settledAt) : 0;
    settledAt = now();
    engagedMs += ms;
    for (const run of heard) run(ms);
  };
  const input = () => {
    settle();
    inputAt = now();
    pulse.touch();
  };
  on(window, 'pointermove pointerdown keydown scroll wheel touchmove pageshow', input);
  on(document, 'visibilitychange', input);
  pulse.collect(() => {
    settle();
    if (engagedMs > 0) pulse.add([kind.engaged, 0, 0, Math.round(engagedMs)]);
    engagedMs = 0;
  });
}

/** `run` is told of each stretch of active time, in ms. */
export function whenActive(run: (ms: number) => void): void {
  heard.push(run);
}

/** Tells of the active time up to now: call before what it is counted for changes. */
export function activeUntilNow(): void {
  settle();
}
