import { type Clock, realClock } from '../../localstack/visitors/clock.ts';

/** The machine's time, which knows how many wait for it: none when every visit is over and every batch answered. */
export class CountingClock implements Clock {
  readonly #waiting = new Set<unknown>();
  readonly now = Date.now;

  get waiting(): number {
    return this.#waiting.size;
  }

  later = (run: () => void, ms: number): unknown => {
    const timer = realClock.later(() => {
      this.#waiting.delete(timer);
      run();
    }, ms);
    this.#waiting.add(timer);
    return timer;
  };

  cancel = (timer: unknown): void => {
    this.#waiting.delete(timer);
    realClock.cancel(timer);
  };
}
