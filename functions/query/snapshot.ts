/** All that a view's dashboard needs before totals arrive: items as they are, which it merges like any later totals. */
import {
  elementPartition,
  hourPartition,
  livePartition,
  minuteName,
  pageName,
  pagePartition,
  type Totals,
  valuePartition,
} from '../contract/counter.ts';
import { localDay, minuteOf } from '../contract/time-unit.ts';
import { inParallel } from './in-parallel.ts';
import { type LiveState, readLive } from './live-items.ts';
import type { QueryPorts } from './query-ports.ts';
import type { View } from './view.ts';

/** How many minutes of page views a live view shows. */
export const minutesShown = 60;

type SnapshotPorts = Pick<QueryPorts, 'epoch' | 'counters' | 'progress'>;

/** `asOf` and items; everything counted up to `asOf` is in them. */
export async function readSnapshot(
  view: View,
  site: { site: string; zone: string },
  now: number,
  ports: SnapshotPorts,
): Promise<LiveState> {
  const live = await readLive(site.site, now, ports);
  const day = localDay(now, site.zone);
  const partition = (pk: string) => ports.counters.partition(pk);
  if (view.name === 'heatmap') {
    const pks = view.devices.map((device) => elementPartition(ports.epoch, site.site, day, view.pageId, device));
    return { asOf: live.asOf, items: (await inParallel(pks, partition)).flat() };
  }
  const [minutes, hours, pages, values] = await Promise.all([
    readEarlierMinutes(site.site, now, live, ports),
    partition(hourPartition(ports.epoch, site.site, day)),
    partition(pagePartition(ports.epoch, site.site, day)),
    partition(valuePartition(ports.epoch, site.site, day)),
  ]);
  return { asOf: live.asOf, items: [...live.items, ...minutes, ...hours, ...pages.map(withoutBands), ...values] };
}

/** The chart's minutes before those of which everything is needed: page views and visitors only. */
async function readEarlierMinutes(site: string, now: number, live: LiveState, ports: SnapshotPorts): Promise<Totals[]> {
  const known = new Set(live.items.map(({ key }) => key.pk));
  const pks = Array.from({ length: minutesShown }, (_, ago) => livePartition(ports.epoch, site, minuteOf(now) - ago));
  const minutes = pks.filter((pk) => !known.has(pk));
  const read = async (pk: string) =>
    (await ports.counters.partition(pk)).map((item) => only(item, Object.values(minuteName)));
  return (await inParallel(minutes, read)).flat().filter(({ counters }) => Object.keys(counters).length > 0);
}

/** Scroll bands are most of a page's item, and the live view shows none. */
function withoutBands(item: Totals): Totals {
  return { ...only(item, Object.values(pageName)), texts: item.texts };
}

function only({ key, counters }: Totals, names: readonly string[]): Totals {
  const kept = names.flatMap((name) => (counters[name] === undefined ? [] : [[name, counters[name]] as const]));
  return { key, counters: Object.fromEntries(kept), texts: {} };
}
