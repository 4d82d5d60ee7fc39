import { activeAt } from '../contract/active.ts';
import type { LiveAnswer } from '../contract/answer.ts';
import { awaitProgress, freshMs } from './fresh-progress.ts';
import { readLive } from './live-items.ts';
import { pathsOf } from './page-paths.ts';
import { siteRoute } from './route.ts';
import { array, count, instant, object, text } from './schema.ts';

const example: LiveAnswer = { active: 3, pages: [{ path: '/', active: 2 }], asOf: 1795435200000 };

export const liveRoute = siteRoute(
  {
    method: 'GET',
    path: '/v1/sites/{site}/live',
    summary: 'Who is on the site now',
    description:
      'Active: sessions with a page visible now, which is one that was not left or hidden and gave a sign of life in the last ' +
      '45 to 50 s before `asOf`. `pages` counts visible loads, so it may add up to more. `asOf` is the newest instant ' +
      'processed: when it falls behind the clock, the figures are late.',
    answer: {
      status: 200,
      description: 'Active now.',
      schema: object({
        active: count,
        pages: array(object({ path: text(), active: count })),
        asOf: { ...instant, description: 'The newest instant processed, ms since the epoch; 0 before the first.' },
      }),
      example,
    },
  },
  {},
  async ({ site, now }, ports) => {
    let live = await readLive(site.site, now, ports);
    if (now - live.asOf > freshMs && (await awaitProgress(site.site, now, ports))) {
      live = await readLive(site.site, now, ports);
    }
    const { active, pages } = activeAt(
      live.items.map(({ key, counters }) => ({ pk: key.pk, counters })),
      live.asOf,
    );
    const paths = await pathsOf(site, [...pages.keys()], now, ports);
    return { status: 200, json: { active, pages: byPath(pages, paths), asOf: live.asOf } satisfies LiveAnswer };
  },
);

/** Most first, then by path. Pages without a path of their own are one row. */
export function byPath(pages: Map<string, number>, paths: Map<string, string>): LiveAnswer['pages'] {
  const sums = new Map<string, number>();
  for (const [pageId, active] of pages) {
    const path = paths.get(pageId) ?? '';
    sums.set(path, (sums.get(path) ?? 0) + active);
  }
  return [...sums]
    .map(([path, active]) => ({ path, active }))
    .sort((a, b) => b.active - a.active || (a.path < b.path ? -1 : 1));
}
