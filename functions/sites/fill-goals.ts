import type { SiteStore } from './site-store.ts';

/**
 * Has an epoch count the goals and funnels of today for all that came before them. Before anything is counted in it: what a record adds
 * must be the same on every attempt.
 */
export async function fillGoals(
  sites: Pick<SiteStore, 'current' | 'fillGoals'>,
  ids: readonly string[],
  epoch: string,
): Promise<void> {
  for (const id of ids) {
    const config = await sites.current(id);
    if (config) await sites.fillGoals(id, epoch, config.version);
  }
}
