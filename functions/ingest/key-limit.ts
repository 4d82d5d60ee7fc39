/**
 * The limit of requests a second for one write key, over all instances of ingest.
 *
 * An HTTP API has no usage plans, and an instance of a function sees its own requests alone. So a key has a budget that all instances
 * take of; it fills evenly, and never holds more than a second's worth: what a flood gets through comes as evenly, and can't fill the
 * shard that others' records go to. An instance lets a few requests through by itself; a site that is quiet costs nothing. For more
 * it takes a lease from the budget, one small write for up to some dozens of requests. Once that is refused the key is over its limit:
 * what else comes within a second is answered 429 from memory.
 *
 * That is approximate. Each instance adds its few to the limit, and a lease that is not used up is lost to the others: so it begins
 * small, and doubles as long as it is used up within a second. Where the budget can't be asked, requests are let through: a site must
 * not fall silent over its own protection, and the API's throttle stands before it.
 */
import { log } from '../log.ts';
import type { KeyBudget } from './key-budget.ts';

/** By each instance without asking: at first, and so many a second later. */
export const ownRequests = 10;
export const ownRequestsPerSecond = 2;
export const leaseRequestsMin = 10;
export const leaseRequestsMax = 40;
const usedUpMs = 1_000;
const leaseMs = 5_000;
/** What fills meanwhile is not lost: the budget holds as much. */
export const overMs = 1_000;
/** Keys that an instance counts at once; beyond them it begins anew, and is more generous for a moment. */
const keysMax = 1_000;
/** What was refused together comes back spread over so long. */
const spreadS = 5;

interface Count {
  own: number;
  /** As of when `own` is right. */
  ownAt: number;
  leased: number;
  leasedAt: number;
  /** Requests of the next lease. */
  lease: number;
  overUntil: number;
}

export class KeyLimit {
  readonly #counts = new Map<string, Count>();
  readonly #leaseMax: number;

  /** @param requestsPerSecondMax of one key, over all instances; at least 1. */
  constructor(
    private readonly budget: KeyBudget,
    private readonly requestsPerSecondMax: number,
  ) {
    // Two instances can have one at a time.
    this.#leaseMax = Math.max(1, Math.min(leaseRequestsMax, Math.floor(requestsPerSecondMax / 2)));
  }

  /** Null: let it through. Else in how many seconds to come again. @param load 16 hex digits: loads come back at different times. */
  async admit(key: string, load: string, now: number): Promise<number | null> {
    const count = this.#countOf(key, now);
    if (now >= count.overUntil) {
      if (takeOwn(count, now) || takeLeased(count, now)) return null;
      if (await this.#lease(key, count, now)) {
        count.leased -= 1;
        return null;
      }
      // Its own few are for those who keep to the limit.
      Object.assign(count, { own: 0, ownAt: now + overMs, overUntil: now + overMs });
    }
    return Math.ceil((count.overUntil - now) / 1_000) + (Number.parseInt(load.slice(0, 4), 16) % spreadS);
  }

  #countOf(key: string, now: number): Count {
    const known = this.#counts.get(key);
    if (known) return known;
    if (this.#counts.size >= keysMax) this.#counts.clear();
    const count: Count = { own: ownRequests, ownAt: now, leased: 0, leasedAt: 0, lease: 0, overUntil: 0 };
    this.#counts.set(key, count);
    return count;
  }

  async #lease(key: string, count: Count, now: number): Promise<boolean> {
    const wanted = now - count.leasedAt < usedUpMs ? count.lease * 2 : leaseRequestsMin;
    const requests = Math.min(wanted, this.#leaseMax);
    try {
      if ((await this.budget.take(key, requests, this.requestsPerSecondMax, now)) !== null) return false;
    } catch (error) {
      log.error('a budget of requests could not be read: letting them through', error);
    }
    Object.assign(count, { leased: requests, leasedAt: now, lease: requests });
    return true;
  }
}

function takeOwn(count: Count, now: number): boolean {
  const filled = (Math.max(0, now - count.ownAt) / 1_000) * ownRequestsPerSecond;
  count.own = Math.min(ownRequests, count.own + filled);
  count.ownAt = Math.max(count.ownAt, now);
  if (count.own < 1) return false;
  count.own -= 1;
  return true;
}

function takeLeased(count: Count, now: number): boolean {
  if (count.leased === 0 || now - count.leasedAt >= leaseMs) return false;
  count.leased -= 1;
  return true;
}
