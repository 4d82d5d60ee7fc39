/** How often refusals over a limit are told to the log, ms. */
const tellEveryMs = 1_000;

/**
 * Counts what an instance refuses because its key is over the limit. A flood must not cost a line of the log for each of its requests:
 * the first is told at once, and then sums. An instance that ends takes the last second's along.
 */
export class OverLimitTally {
  #refused = 0;
  #toldAt = 0;

  note(): void {
    this.#refused += 1;
  }

  /** How many to tell of now, each once; 0: none, or not yet. */
  due(now: number): number {
    if (this.#refused === 0 || now - this.#toldAt < tellEveryMs) return 0;
    const due = this.#refused;
    this.#refused = 0;
    this.#toldAt = now;
    return due;
  }
}
