import { describe, expect, it, vi } from 'vitest';
import { memoryKeyBudget } from '../../../functions/ingest/key-budget.memory.ts';
import { KeyLimit, leaseRequests, ownRequests, windowMs } from '../../../functions/ingest/key-limit.ts';

const noon = Date.parse('2026-11-23T12:00:00Z');
const load = '0000000000000000';
const perSecond = 100;
const budgetMax = (perSecond * windowMs) / 1000;

/** How many of `count` requests of a key are let through at `at`. */
async function pass(limit: KeyLimit, key: string, count: number, at = noon): Promise<number> {
  let passed = 0;
  for (let n = 0; n < count; n++) if ((await limit.admit(key, load, at)) === null) passed += 1;
  return passed;
}

describe('the limit of a key', () => {
  it('lets a few requests through without asking anybody', async () => {
    const take = vi.fn(async () => true);
    expect(await pass(new KeyLimit({ take }, perSecond), 'k', ownRequests)).toBe(ownRequests);
    expect(take).not.toHaveBeenCalled();
  });

  it('asks once for some dozens, and not again in a window that it is over in', async () => {
    const budget = memoryKeyBudget();
    const take = vi.spyOn(budget, 'take');
    expect(await pass(new KeyLimit(budget, perSecond), 'k', 10_000)).toBe(
      budgetMax - (budgetMax % leaseRequests) + ownRequests,
    );
    expect(take).toHaveBeenCalledTimes(Math.floor(budgetMax / leaseRequests) + 1);
  });

  it('holds over many instances, but for their own few and what they lease in vain', async () => {
    const budget = memoryKeyBudget();
    const limits = Array.from({ length: 8 }, () => new KeyLimit(budget, perSecond));
    const passed = await Promise.all(limits.map((limit) => pass(limit, 'k', 1_000)));
    const sum = passed.reduce((all, one) => all + one, 0);
    expect(sum).toBeGreaterThan(budgetMax - leaseRequests);
    expect(sum).toBeLessThanOrEqual(budgetMax + 8 * ownRequests);
  });

  it('is another key’s no concern, and over in the next window', async () => {
    const limit = new KeyLimit(memoryKeyBudget(), perSecond);
    await pass(limit, 'flood', 10_000);
    expect(await pass(limit, 'other', 100)).toBe(100);
    expect(await pass(limit, 'flood', 100, noon + windowMs)).toBe(100);
  });

  it('says when to come again: after the window, loads at different times', async () => {
    const limit = new KeyLimit({ take: async () => false }, perSecond);
    await pass(limit, 'k', ownRequests, noon + 1_000);
    expect(await limit.admit('k', '0000000000000000', noon + 1_000)).toBe(4);
    expect(await limit.admit('k', '0003000000000000', noon + 1_000)).toBe(7);
    expect(await limit.admit('k', '0000000000000000', noon + 4_999)).toBe(1);
  });

  it('lets requests through where the budget can’t be asked', async () => {
    const logged = vi.spyOn(console, 'error').mockImplementation(() => {});
    const limit = new KeyLimit({ take: () => Promise.reject(new Error('throttled')) }, perSecond);
    expect(await pass(limit, 'k', 500)).toBe(500);
    expect(logged).toHaveBeenCalled();
    logged.mockRestore();
  });

  it('stays bounded whatever keys are made up', async () => {
    const limit = new KeyLimit({ take: async () => false }, perSecond);
    for (let n = 0; n < 5_000; n++) await limit.admit(`k${n}`, load, noon);
    expect(await pass(limit, 'k', ownRequests)).toBe(ownRequests);
  });
});
