import type { PagesAnswer } from '../contract/answer.ts';
import { reducePages } from './page-days.ts';
import { pageRows, pagesOfDay } from './page-rows.ts';
import { from, limit, to } from './parameters.ts';
import type { QueryPorts } from './query-ports.ts';
import { rangeOf } from './range.ts';
import { type SiteCall, siteRoute } from './route.ts';
import { array, count, object, rangeProperties, text } from './schema.ts';

const sum = {
  pageViews: { ...count, description: 'Page views.' },
  visitors: { ...count, description: 'Daily visitors, summed.' },
  entries: { ...count, description: 'Sessions that began here.' },
  exits: { ...count, description: 'Sessions whose last page view this is.' },
  engagedMs: { ...count, description: 'Visible and active time, ms.' },
};
export const pageProperties = {
  path: text('As it is counted, by the site’s path rules.'),
  pageId: text('Names the page in the addresses of its captures.'),
  title: text('As last seen.'),
  url: text('One address that shows it.'),
  ...sum,
};
export const pagesExample: PagesAnswer = {
  from: 1795392000000,
  to: 1795478400000,
  zone: 'UTC',
  rows: [
    {
      path: '/pricing',
      pageId: 'a1B2c3D4',
      title: 'Pricing',
      url: 'https://shop.example/pricing',
      pageViews: 120,
      visitors: 40,
      entries: 12,
      exits: 20,
      engagedMs: 900000,
    },
  ],
  other: { pageViews: 3, visitors: 2, entries: 0, exits: 1, engagedMs: 4000 },
};

const parameters = { from, to, limit: limit(100) };

export const pagesRoute = siteRoute(
  {
    method: 'GET',
    path: '/v1/sites/{site}/pages',
    summary: 'The pages and their figures',
    description:
      'By whole days of the site, kept for 400 days. `other` sums pages beyond `limit` and beyond the day’s bound.',
    answer: {
      status: 200,
      description: 'Rows, most viewed first.',
      schema: object({
        ...rangeProperties,
        rows: array(object(pageProperties)),
        other: object(sum),
      }),
      example: pagesExample,
    },
  },
  parameters,
  async (call, ports) => ({ status: 200, json: await readPages(call, ports) }),
);

export async function readPages(
  { site, values: { limit: rowsMax, ...wish }, now }: SiteCall<typeof parameters>,
  ports: QueryPorts,
): Promise<PagesAnswer> {
  const range = rangeOf(wish, 'day', site.zone, now);
  const days = await reducePages(site.site, range, ports, pagesOfDay);
  return { ...range, ...pageRows(days, rowsMax) };
}
