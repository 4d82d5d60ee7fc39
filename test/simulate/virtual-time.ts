export interface Timer {
  at: number;
  order: number;
  run: (() => void) | null;
}

/**
 * Whole milliseconds, like every clock that we know. The only clock of a simulated world. Nothing waits: the next timer is always due, and between two timers every promise that can
 * settle does. Timers of one instant run in the order in which they were set, so a world plays the same each time.
 */
export class VirtualTime {
  #now: number;
  #order = 0;
  /** A binary heap, earliest first. */
  readonly #timers: Timer[] = [];
  /** Timers run so far. */
  steps = 0;

  constructor(start: number) {
    this.#now = start;
  }

  now = (): number => this.#now;

  later = (run: () => void, ms: number): Timer => {
    const timer: Timer = { at: this.#now + Math.max(0, Math.ceil(ms)), order: this.#order++, run };
    this.#push(timer);
    return timer;
  };

  cancel = (timer: unknown): void => {
    if (timer) (timer as Timer).run = null;
  };

  sleep = (ms: number): Promise<void> => new Promise((resolve) => this.later(resolve, ms));

  /** Lives until `until`, or (without it) until no timer is left. @throws Error when that takes more than `stepsMax` timers. */
  async run(until = Number.POSITIVE_INFINITY, stepsMax = 300_000): Promise<void> {
    await settled();
    for (let step = 0; ; step++) {
      if (step > stepsMax) throw new Error(`the world does not come to rest within ${stepsMax} timers`);
      const next = this.#timers[0];
      if (!next || next.at > until) break;
      this.#pop();
      if (!next.run) continue;
      this.#now = next.at;
      next.run();
      this.steps++;
      await settled();
    }
    if (until !== Number.POSITIVE_INFINITY) this.#now = Math.max(this.#now, until);
  }

  #push(timer: Timer): void {
    const heap = this.#timers;
    let index = heap.push(timer) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      const above = heap[parent];
      if (!above || !isBefore(timer, above)) break;
      heap[index] = above;
      index = parent;
    }
    heap[index] = timer;
  }

  #pop(): void {
    const heap = this.#timers;
    const last = heap.pop();
    if (!last || heap.length === 0) return;
    let index = 0;
    for (;;) {
      let child = 2 * index + 1;
      const left = heap[child];
      if (!left) break;
      const right = heap[child + 1];
      if (right && isBefore(right, left)) child += 1;
      const least = heap[child];
      if (!least || !isBefore(least, last)) break;
      heap[index] = least;
      index = child;
    }
    heap[index] = last;
  }
}

function isBefore(one: Timer, other: Timer): boolean {
  return one.at < other.at || (one.at === other.at && one.order < other.order);
}

/** Resolves when every promise that can settle has: Node empties its queue of promises before it runs an immediate. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
