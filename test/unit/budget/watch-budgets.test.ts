import { describe, expect, it } from 'vitest';
import { movesPercentAt, watchBudgets } from '../../../functions/budget/watch-budgets.ts';
import { defaultPathRules, movesKept } from '../../../functions/contract/site.ts';
import { memorySiteStore } from '../../../functions/sites/site-store.memory.ts';
import { memoryUsageStore } from '../../../functions/sites/usage-store.memory.ts';
import { quietly } from '../../law/drive.ts';

quietly();

const now = Date.parse('2026-11-23T12:00:00Z');
const nextMonth = Date.parse('2026-12-01T00:10:00Z');

async function world(monthlyBudgetUsd: number | null) {
  const sites = memorySiteStore();
  const usage = memoryUsageStore();
  const more = { origins: ['https://shop.example'], pathRules: defaultPathRules, watchedRequestsPerSecondMax: 100 };
  await sites.save({ site: 'shop', version: 0, name: 'Shop', zone: 'UTC', ...more, monthlyBudgetUsd });
  const config = async () => {
    const found = await sites.current('shop');
    if (!found) throw new Error('the site is gone');
    return found;
  };
  /** A million read units are $0.125, and nothing else is reckoned from them. */
  const spend = (usd: number) => usage.add('shop', '2026-11-20', { readUnits: (usd / 0.125) * 1e6 });
  return { sites, usage, config, spend, look: (at = now) => watchBudgets({ sites, usage, now: at }) };
}

describe('a budget', () => {
  it('that is not spent changes nothing, and neither does none', async () => {
    for (const budget of [null, 100]) {
      const { config, spend, look } = await world(budget);
      await spend(20);
      expect(await look()).toEqual({ watched: budget === null ? 0 : 1, spent: 0 });
      expect((await config()).version).toBe(1);
    }
  });

  it('that is spent lowers pointer movement, once, by a version of the configuration', async () => {
    const { config, spend, look } = await world(10);
    await spend(10);
    expect(await look()).toEqual({ watched: 1, spent: 1 });
    expect(movesKept(await config(), now)).toEqual({ percent: 25, isLowered: true });
    const { version } = await config();
    await look();
    expect((await config()).version).toBe(version);
    await spend(10);
    await look();
    expect(movesKept(await config(), now)).toEqual({ percent: 0, isLowered: true });
  });

  it('is whole again with the next month, and when it is raised', async () => {
    const { sites, config, spend, look } = await world(10);
    await spend(30);
    await look();
    expect(movesKept(await config(), nextMonth)).toEqual({ percent: 100, isLowered: false });
    await look(nextMonth);
    expect(movesKept(await config(), now).percent).toBe(0);
    await sites.edit('shop', (before) => ({ config: { ...before, monthlyBudgetUsd: 1_000 } }));
    await look();
    expect(movesKept(await config(), now)).toEqual({ percent: 100, isLowered: false });
    expect((await config()).lowered).toBeUndefined();
  });

  it('keeps no more than the owner chose, and no other site is held up by one that fails', async () => {
    const { sites, usage, config, spend } = await world(10);
    await sites.edit('shop', (before) => ({ config: { ...before, movesSampledPercent: 10 } }));
    await spend(12);
    const all = async () => ['gone', 'shop'];
    const current = async (site: string) => {
      if (site === 'gone') throw new Error('throttled');
      return sites.current(site);
    };
    expect(await watchBudgets({ sites: { ...sites, all, current }, usage, now })).toEqual({ watched: 1, spent: 1 });
    expect(movesKept(await config(), now)).toEqual({ percent: 10, isLowered: false });
  });

  it('has two steps', () => {
    expect([0, 0.99, 1, 1.24, 1.25, 9].map(movesPercentAt)).toEqual([null, null, 25, 25, 0, 0]);
  });
});
