import type { Clock } from '../../localstack/visitors/clock.ts';

interface Timer {
  at: number;
  run: (() => void) | null;
}

/** Time that passes as fast as the machine can live it: the next timer is always due. */
export class VirtualClock implements Clock {
  #now: number;
  /** Latest first, so that the next one is taken off the end; equal times in order of setting. */
  readonly #timers: Timer[] = [];

  constructor(start: number) {
    this.#now = start;
  }

  now = (): number => this.#now;

  later = (run: () => void, ms: number): unknown => {
    const timer: Timer = { at: this.#now + Math.max(0, ms), run };
    let [low, high] = [0, this.#timers.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#timers[middle]?.at ?? 0) > timer.at) low = middle + 1;
      else high = middle;
    }
    this.#timers.splice(low, 0, timer);
    return timer;
  };

  cancel = (timer: unknown): void => {
    if (timer) (timer as Timer).run = null;
  };

  /** Lives until no timer is left. Between timers, promises settle. */
  async run(): Promise<void> {
    for (;;) {
      await new Promise((resolve) => setImmediate(resolve));
      const next = this.#timers.pop();
      if (!next) return;
      if (!next.run) continue;
      this.#now = next.at;
      next.run();
    }
  }
}
