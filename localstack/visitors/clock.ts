/** Time as the visitors live it: the machine's, or a benchmark's own. */
export interface Clock {
  /** Ms since the epoch. */
  now(): number;
  later(run: () => void, ms: number): unknown;
  cancel(timer: unknown): void;
}

export const realClock: Clock = {
  now: Date.now,
  later: (run, ms) => setTimeout(run, ms),
  cancel: (timer) => clearTimeout(timer as NodeJS.Timeout | undefined),
};

/** Waits until `ms` have passed or `stopping` aborts, whichever comes first. */
export function wait(clock: Clock, ms: number, stopping: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (stopping.aborted) {
      resolve();
      return;
    }
    const done = () => {
      clock.cancel(timer);
      stopping.removeEventListener('abort', done);
      resolve();
    };
    const timer = clock.later(done, Math.max(0, ms));
    stopping.addEventListener('abort', done);
  });
}
