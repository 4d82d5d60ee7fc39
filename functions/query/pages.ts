import type { PagesAnswer } from '../contract/answer.ts';
import { reducePages } from './page-days.ts';
import { pageRows, pagesOfDay } from './page-rows.ts';
import { from, limit, to } from './parameters.ts';
import { rangeOf } from './range.ts';
import { siteRoute } from './route.ts';
import { array, count, object, rangeProperties, type Schema, text } from './schema.ts';

const sum: Record<string, Schema> = {
  pageViews: count,
  visitors: { ...count, description: 'Daily visitors, summed.' },
  entries: { ...count, description: 'Sessions that began here.' },
  exits: { ...count, description: 'Sessions whose last page view this is.' },
  engagedMs: { ...count, description: 'Visible and active time.' },
};
const example: PagesAnswer = {
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
        rows: array(object({ path: text(), pageId: text(), title: text(), url: text(), ...sum })),
        other: object(sum),
      }),
      example,
    },
  },
  { from, to, limit: limit(100) },
  async ({ site, values: { limit: rowsMax, ...wish }, now }, ports) => {
    const range = rangeOf(wish, 'day', site.zone, now);
    const days = await reducePages(site.site, range, ports, pagesOfDay);
    return { status: 200, json: { ...range, ...pageRows(days, rowsMax) } satisfies PagesAnswer };
  },
);
