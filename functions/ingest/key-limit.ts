/**
 * The limit of requests a second for one write key, over all instances of ingest.
 *
 * An HTTP API has no usage plans, and an instance of a function sees its own requests alone. So time is cut into windows, and a key
 * has a budget for each. An instance lets a few requests of a window through by itself; a site that is quiet costs nothing. For more
 * it takes a lease from the budget, one small write for some dozens of requests. Once that is refused the key is over its limit: what
 * else comes in this window is answered 429 from memory.
 *
 * That is approximate. Each instance adds its few to the limit; a lease that is not used up is lost to the others; and a budget may
 * be spent in the first moment of its window. Where the budget can't be asked, requests are let through: a site must not fall
 * silent over its own protection, and the API's throttle stands before it.
 */
import { log } from '../log.ts';
import type { KeyBudget } from './key-budget.ts';

export const windowMs = 5_000;
/** Of a window, by each instance without asking. */
export const ownRequests = 10;
export const leaseRequests = 40;
/** Later than any clock's error: then the window is nobody's. */
const keptMs = 60_000;
/** Keys that an instance counts at once; beyond them it begins anew, and is more generous for a window. */
const keysMax = 1_000;
/** What was refused together comes back spread over so long. */
const spreadS = 5;

interface Count {
  window: number;
  /** Requests that may pass without asking. */
  left: number;
  isOver: boolean;
}

export class KeyLimit {
  readonly #counts = new Map<string, Count>();

  /** @param requestsPerSecondMax of one key, over all instances. */
  constructor(
    private readonly budget: KeyBudget,
    private readonly requestsPerSecondMax: number,
  ) {}

  /** Null: let it through. Else in how many seconds to come again. @param load 16 hex digits: loads come back at different times. */
  async admit(key: string, load: string, now: number): Promise<number | null> {
    const count = this.#countOf(key, Math.floor(now / windowMs));
    if (count.left === 0 && !count.isOver) {
      if (await this.#lease(key, count.window)) count.left += leaseRequests;
      else count.isOver = true;
    }
    if (count.left > 0) {
      count.left -= 1;
      return null;
    }
    const end = (count.window + 1) * windowMs;
    return Math.ceil((end - now) / 1000) + (Number.parseInt(load.slice(0, 4), 16) % spreadS);
  }

  #countOf(key: string, window: number): Count {
    const known = this.#counts.get(key);
    if (known?.window === window) return known;
    if (!known && this.#counts.size >= keysMax) this.#counts.clear();
    const count: Count = { window, left: ownRequests, isOver: false };
    this.#counts.set(key, count);
    return count;
  }

  async #lease(key: string, window: number): Promise<boolean> {
    const requestsMax = (this.requestsPerSecondMax * windowMs) / 1000;
    const expiresAt = Math.ceil(((window + 1) * windowMs + keptMs) / 1000);
    try {
      return await this.budget.take(key, window, leaseRequests, requestsMax, expiresAt);
    } catch (error) {
      log.error('a budget of requests could not be read: letting them through', error);
      return true;
    }
  }
}
