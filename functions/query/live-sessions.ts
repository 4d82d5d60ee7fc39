/** As of when sessions are called live: of the newest instant processed, as everything that is "now" (DESIGN §3, law 5). */
import type { Totals } from '../contract/counter.ts';
import { awaitProgress, freshMs } from './fresh-progress.ts';
import { readLive } from './live-items.ts';
import type { QueryPorts } from './query-ports.ts';
import { sessionRow } from './session-row.ts';

type LivePorts = Pick<QueryPorts, 'epoch' | 'counters' | 'progress' | 'stream' | 'ticks' | 'sleep'>;

/**
 * An instant, ms since the epoch, of which `live` of these sessions is what it is of the newest instant processed. The later the
 * instant, the fewer are live: so where it makes no difference to them nobody is asked, and old sessions cost one small read.
 */
export async function liveAsOf(site: string, items: readonly Totals[], now: number, ports: LivePorts): Promise<number> {
  const liveAt = (asOf: number) => items.filter((item) => sessionRow(item, asOf).live).length;
  const least = liveAt(now);
  if (liveAt(0) === least) return now;
  const progress = await ports.progress.get(ports.epoch, site);
  if (liveAt(progress) === least) return progress;
  const { asOf } = await readLive(site, now, ports);
  if (now - asOf <= freshMs || liveAt(asOf) === least) return asOf;
  return (await awaitProgress(site, now, ports)) ? ports.progress.get(ports.epoch, site) : asOf;
}
