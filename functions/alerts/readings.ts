import {
  hourKey,
  livePartition,
  minuteName,
  pageName,
  pagePartition,
  pageText,
  seriesName,
} from '../contract/counter.ts';
import { nameId } from '../contract/name-id.ts';
import type { SiteConfig } from '../contract/site.ts';
import { dayMs, hourMs, hourStart, localDay, minuteOf } from '../contract/time-unit.ts';
import { reduceElements } from '../query/element-days.ts';
import { elementRows, elementSumsOf } from '../query/element-rows.ts';
import type { AdmissionStore } from '../store/admission-store.ts';
import type { CounterStore } from '../store/counter-store.ts';
import type { Readings } from './judge.ts';

export interface ReadingPorts {
  epoch: string;
  counters: Pick<CounterStore, 'items' | 'partition'>;
  admissions: Pick<AdmissionStore, 'all'>;
}

const minutesRead = 30;
export const daysRead = 7;
const pagesLookedAt = 5;

/** What a site's counters say now, beside the same hour of the last seven days. */
export async function readSite(
  site: SiteConfig,
  now: number,
  { epoch, counters }: ReadingPorts,
): Promise<Omit<Readings, 'goals'>> {
  const minute = minuteOf(now);
  const minutes = await Promise.all(
    Array.from({ length: minutesRead }, async (_, ago) => {
      const items = await counters.partition(livePartition(epoch, site.site, minute - 1 - ago));
      return items.reduce((sum, item) => sum + (item.counters[minuteName.pageViews] ?? 0), 0);
    }),
  );
  const hour = hourStart(now, site.zone);
  const keys = Array.from({ length: daysRead + 1 }, (_, ago) => {
    // The same hour by the site's clock: a day that changes it is an hour off, once a year each way.
    const at = hour - ago * dayMs;
    return hourKey(epoch, site.site, localDay(at, site.zone), at);
  });
  const items = await counters.items(keys);
  const of = (ago: number) => items.find(({ key }) => key.pk === keys[ago]?.pk && key.sk === keys[ago]?.sk)?.counters;
  const usual = Array.from({ length: daysRead }, (_, index) => of(index + 1)).flatMap((found) =>
    found ? [{ views: found[seriesName.pageViews] ?? 0, rage: found[seriesName.rage] ?? 0 }] : [],
  );
  const sum = (count: number) => minutes.slice(0, count).reduce((all, views) => all + views, 0);
  return { viewsIn10: sum(10), viewsIn30: sum(minutesRead), rageInHour: of(0)?.[seriesName.rage] ?? 0, usual };
}

/** The element with the most rage clicks of this hour, among the pages that are viewed most today; null: none of them has any. */
export async function angriestElement(
  site: SiteConfig,
  now: number,
  ports: ReadingPorts,
): Promise<{ path: string; element: string; rage: number } | null> {
  const { zone } = site;
  const from = hourStart(now, zone);
  const range = { from, to: from + hourMs, zone };
  const pages = await ports.counters.partition(pagePartition(ports.epoch, site.site, localDay(from, zone)));
  const views = (counters: Record<string, number>) => counters[pageName.pageViews] ?? 0;
  pages.sort((one, other) => views(other.counters) - views(one.counters));
  let worst: { path: string; element: string; rage: number } | null = null;
  for (const { texts } of pages.slice(0, pagesLookedAt)) {
    const path = texts[pageText.path] ?? '';
    const of = { site: site.site, pageId: nameId(path), device: null };
    const rows = elementRows(await reduceElements(of, range, ports, (day) => elementSumsOf(day, range)));
    for (const { key, label, rage } of rows) {
      if (rage > (worst?.rage ?? 0)) worst = { path, element: label || key || 'an element', rage };
    }
  }
  return worst;
}
