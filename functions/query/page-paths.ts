import { otherValue, pageKey, pageText } from '../contract/counter.ts';
import { dayMs, localDay } from '../contract/time-unit.ts';
import type { QueryPorts } from './query-ports.ts';

/** Page ids stay visible over midnight, so yesterday's items are asked, too. What is in neither counts as `(other)`. */
export async function pathsOf(
  site: { site: string; zone: string },
  pageIds: string[],
  now: number,
  ports: Pick<QueryPorts, 'epoch' | 'counters'>,
): Promise<Map<string, string>> {
  const days = [localDay(now - dayMs, site.zone), localDay(now, site.zone)];
  const keys = pageIds.flatMap((pageId) => days.map((day) => pageKey(ports.epoch, site.site, day, pageId)));
  const paths = new Map(pageIds.map((pageId) => [pageId, otherValue]));
  for (const { key, texts } of keys.length > 0 ? await ports.counters.items(keys) : []) {
    const path = texts[pageText.path];
    if (path !== undefined) paths.set(key.sk, path);
  }
  return paths;
}
