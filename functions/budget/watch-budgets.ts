import { costOfMonth } from '../contract/cost-of-month.ts';
import { type SiteConfig, settingsOf } from '../contract/site.ts';
import { log } from '../log.ts';
import type { SiteStore } from '../sites/site-store.ts';
import type { UsageStore } from '../sites/usage-store.ts';

export interface BudgetPorts {
  sites: Pick<SiteStore, 'all' | 'current' | 'edit'>;
  usage: Pick<UsageStore, 'read'>;
  /** ms since the epoch. */
  now: number;
}

export interface Budgets {
  /** Sites that have a budget, and of them those that have spent it. */
  watched: number;
  spent: number;
}

/** From which part of the budget on pointer movement is kept of how many page loads in a hundred. */
const steps = [
  { share: 1.25, movesPercent: 0 },
  { share: 1, movesPercent: 25 },
];

/**
 * Looks what each site that has a budget has spent of it this month. One that is over keeps less of pointer movement, which is most of
 * its events and what it can best do without: by a version of its configuration, so that what came of it is on record. With the next
 * month, or a larger budget, all is kept again. One site that fails holds up no other.
 * @throws when the sites could not be listed.
 */
export async function watchBudgets({ sites, usage, now }: BudgetPorts): Promise<Budgets> {
  const budgets: Budgets = { watched: 0, spent: 0 };
  for (const site of await sites.all()) {
    try {
      const config = await sites.current(site);
      const budgetUsd = config && settingsOf(config).monthlyBudgetUsd;
      if (!config || !budgetUsd) continue;
      budgets.watched += 1;
      const month = new Date(now).toISOString().slice(0, 7);
      const days = await usage.read(site, `${month}-01`, `${month}-31`);
      const { usd } = costOfMonth({ month, days, pageViews: 0, shards: 0, now });
      if (usd >= budgetUsd) budgets.spent += 1;
      await adjust(config, month, movesPercentAt(usd / budgetUsd), sites);
    } catch (error) {
      log.error('a budget could not be looked at', error, { site });
    }
  }
  return budgets;
}

/** Null: nothing is to be lowered. */
export function movesPercentAt(share: number): number | null {
  return steps.find((step) => share >= step.share)?.movesPercent ?? null;
}

async function adjust(
  config: SiteConfig,
  month: string,
  movesPercent: number | null,
  sites: Pick<SiteStore, 'edit'>,
): Promise<void> {
  const standing = config.lowered?.month === month ? config.lowered.movesPercent : null;
  if (standing === movesPercent) return;
  await sites.edit(config.site, (before) => {
    const { lowered: _, upcoming, ...rest } = before;
    return { config: { ...rest, ...(movesPercent !== null && { lowered: { month, movesPercent } }) }, upcoming };
  });
  log.info('pointer movement is kept of another share of loads', {
    site: config.site,
    movesPercent: movesPercent ?? 100,
  });
}
