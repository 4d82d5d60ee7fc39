import { describe, expect, it, vi } from 'vitest';
import { memoryKeyBudget } from '../../../functions/ingest/key-budget.memory.ts';
import {
  KeyLimit,
  leaseRequestsMax,
  leaseRequestsMin,
  overMs,
  ownRequests,
} from '../../../functions/ingest/key-limit.ts';

const noon = Date.parse('2026-11-23T12:00:00Z');
const load = '0000000000000000';
const perSecond = 100;

/** How many of `count` requests of a key are let through at `at`. */
async function pass(limit: KeyLimit, key: string, count: number, at = noon): Promise<number> {
  let passed = 0;
  for (let n = 0; n < count; n++) if ((await limit.admit(key, load, at)) === null) passed += 1;
  return passed;
}

/** `each` requests at each instance each `everyMs`, for `ms`. @returns when each was let through, ms since noon. */
async function flood(limits: KeyLimit[], ms: number, everyMs = 10, each = 1): Promise<number[]> {
  const passed: number[] = [];
  for (let at = 0; at < ms; at += everyMs) {
    for (const limit of limits) {
      const count = await pass(limit, 'k', each, noon + at);
      passed.push(...Array<number>(count).fill(at));
    }
  }
  return passed;
}

describe('the limit of a key', () => {
  it('lets a few requests through without asking anybody', async () => {
    const take = vi.fn(async () => null);
    const limit = new KeyLimit({ take }, perSecond);
    expect(await pass(limit, 'k', ownRequests)).toBe(ownRequests);
    for (let s = 1; s <= 60; s++) expect(await pass(limit, 'k', 2, noon + s * 1_000)).toBe(2);
    expect(take).not.toHaveBeenCalled();
  });

  it('lets a second’s worth through at once, by leases that grow, and does not ask again for a second', async () => {
    const budget = memoryKeyBudget();
    const take = vi.spyOn(budget, 'take');
    const limit = new KeyLimit(budget, perSecond);
    const passed = await pass(limit, 'k', 10_000);
    expect(passed).toBeLessThanOrEqual(perSecond + ownRequests);
    expect(passed).toBeGreaterThan(perSecond + ownRequests - leaseRequestsMax);
    expect(take.mock.calls.map(([, requests]) => requests)).toEqual([
      leaseRequestsMin,
      leaseRequestsMin * 2,
      leaseRequestsMax,
      leaseRequestsMax,
    ]);
    await pass(limit, 'k', 1, noon + overMs - 1);
    expect(take).toHaveBeenCalledTimes(4);
    await pass(limit, 'k', 1, noon + overMs);
    expect(take).toHaveBeenCalledTimes(5);
  });

  it.each([1, 8, 40])('holds over %i instances, however long a flood lasts', async (instances) => {
    const budget = memoryKeyBudget();
    const limits = Array.from({ length: instances }, () => new KeyLimit(budget, perSecond));
    const seconds = 20;
    const passed = await flood(limits, seconds * 1_000, 10, 4);
    const own = instances * ownRequests;
    expect(passed.length).toBeLessThanOrEqual(perSecond * (seconds + 1) + own);
    // What fills while everybody waits is taken then, but for the rest that was too little for a lease.
    expect(passed.length).toBeGreaterThan(perSecond * seconds * 0.85);
  });

  it('lets a flood fill no second with more than twice the limit: a shard has room for others', async () => {
    const budget = memoryKeyBudget();
    const passed = await flood(
      Array.from({ length: 8 }, () => new KeyLimit(budget, perSecond)),
      20_000,
      10,
      4,
    );
    const inSecond = Array.from({ length: 20 }, (_, s) => passed.filter((at) => Math.floor(at / 1_000) === s).length);
    expect(Math.max(...inSecond)).toBeLessThanOrEqual(2 * perSecond + 8 * ownRequests);
    expect(Math.max(...inSecond.slice(1))).toBeLessThanOrEqual(2 * perSecond);
  });

  it.each([8, 40])('refuses nobody who keeps to half of it, over however many of %i instances', async (instances) => {
    const budget = memoryKeyBudget();
    const limits = Array.from({ length: instances }, () => new KeyLimit(budget, perSecond));
    let refused = 0;
    for (let n = 0; n < 3_000; n++) {
      const limit = limits[(n * 7_919) % instances];
      if ((await limit?.admit('k', load, noon + (n * 2_000) / perSecond)) !== null) refused += 1;
    }
    expect(refused).toBe(0);
  });

  it('is another key’s no concern', async () => {
    const limit = new KeyLimit(memoryKeyBudget(), perSecond);
    await pass(limit, 'flood', 10_000);
    expect(await pass(limit, 'other', 50)).toBe(50);
  });

  it('says when to come again: after a second, loads at different times', async () => {
    const limit = new KeyLimit({ take: async () => 50 }, perSecond);
    await pass(limit, 'k', ownRequests);
    expect(await limit.admit('k', '0000000000000000', noon)).toBe(1);
    expect(await limit.admit('k', '0003000000000000', noon + overMs - 1)).toBe(4);
  });

  it('lets requests through where the budget can’t be asked', async () => {
    const logged = vi.spyOn(console, 'error').mockImplementation(() => {});
    const limit = new KeyLimit({ take: () => Promise.reject(new Error('throttled')) }, perSecond);
    expect(await pass(limit, 'k', 500)).toBe(500);
    expect(logged).toHaveBeenCalled();
    logged.mockRestore();
  });

  it('forgets a lease that nobody used', async () => {
    const take = vi.fn(async () => null);
    const limit = new KeyLimit({ take }, perSecond);
    await pass(limit, 'k', ownRequests + 1);
    expect(await pass(limit, 'k', ownRequests + 1, noon + 60_000)).toBe(ownRequests + 1);
    expect(take).toHaveBeenCalledTimes(2);
  });

  it('asks for no more than there can be', async () => {
    const budget = memoryKeyBudget();
    const passed = await flood([new KeyLimit(budget, 1)], 10_000);
    expect(passed.length).toBeGreaterThanOrEqual(ownRequests + 9);
    expect(passed.length).toBeLessThanOrEqual(ownRequests + 11);
  });

  it('stays bounded whatever keys are made up', async () => {
    const limit = new KeyLimit({ take: async () => 1 }, perSecond);
    for (let n = 0; n < 5_000; n++) await limit.admit(`k${n}`, load, noon);
    expect(await pass(limit, 'k', ownRequests)).toBe(ownRequests);
  });
});
