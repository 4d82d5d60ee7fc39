/** A seeded source of chance (mulberry32, public domain): the same seed gives the same visitors, on every machine. */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** 0 ≤ x < 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let t = this.#state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  /** A whole number from `low` to `high`, both included. */
  whole(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1));
  }

  /** Skewed towards `low`, as dwell times are: exponential with the given mean, cut at `high`. */
  waiting(low: number, mean: number, high: number): number {
    return Math.min(high, low - Math.log(1 - this.next()) * (mean - low));
  }

  /** Bell-shaped around `middle`, cut to 0..1: where inside a button people press. */
  around(middle: number, spread: number): number {
    const sum = this.next() + this.next() + this.next() - 1.5;
    return Math.min(0.99, Math.max(0.01, middle + sum * spread));
  }

  /** One of `choices`, by their weights. */
  pick<T>(choices: readonly (readonly [T, number])[]): T {
    const total = choices.reduce((sum, [, weight]) => sum + weight, 0);
    let rest = this.next() * total;
    for (const [choice, weight] of choices) {
      rest -= weight;
      if (rest < 0) return choice;
    }
    const last = choices.at(-1);
    if (!last) throw new RangeError('nothing to pick from');
    return last[0];
  }

  /** A source of its own for a part, so that one part's use of chance does not shift another's. */
  fork(): Random {
    return new Random(Math.floor(this.next() * 4_294_967_296));
  }
}
