import type { Usage } from '../contract/usage.ts';
import type { Consumption } from '../store/meter.dynamo.ts';
import type { Figures } from './process.ts';

/**
 * What each site used of a batch: a share by its records, ticks among them. Exact where the batch is one site's, which it nearly
 * always is where a site is busy.
 */
export function usageOf(
  { recordsBySite, pushed }: Pick<Figures, 'recordsBySite' | 'pushed'>,
  used: Pick<Consumption, 'writeUnits' | 'readUnits'>,
): [site: string, usage: Usage][] {
  const all = [...recordsBySite.values()].reduce((sum, records) => sum + records, 0);
  return [...recordsBySite].map(([site, records]) => {
    const share = records / all;
    return [
      site,
      {
        batches: share,
        writeUnits: used.writeUnits * share,
        readUnits: used.readUnits * share,
        messages: pushed.messages * share,
      },
    ];
  });
}
