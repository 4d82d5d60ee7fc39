import type { ScrollAnswer } from '../contract/answer.ts';
import { nameId } from '../contract/name-id.ts';
import { devices } from '../contract/record.ts';
import { readPage } from './page-days.ts';
import { device, from, path, to } from './parameters.ts';
import { rangeOf } from './range.ts';
import { siteRoute } from './route.ts';
import { array, count, object, oneOf, orNull, rangeProperties, share, text } from './schema.ts';
import { scrollOf } from './scroll-bands.ts';

const example: ScrollAnswer = {
  from: 1795392000000,
  to: 1795478400000,
  zone: 'UTC',
  path: '/',
  device: 'desktop',
  views: 120,
  bands: [
    { from: 0, to: 0.05, reached: 120, msInView: 900000 },
    { from: 0.05, to: 0.1, reached: 118, msInView: 850000 },
  ],
  foldLine: 0.25,
};

export const scrollRoute = siteRoute(
  {
    method: 'GET',
    path: '/v1/sites/{site}/scroll',
    summary: 'How far a page was read',
    description:
      'By whole days of the site, kept for 400 days. Twenty bands of 5 % of the document’s height, from the top.',
    answer: {
      status: 200,
      description: 'The bands.',
      schema: object({
        ...rangeProperties,
        path: text(),
        device: orNull(oneOf(devices)),
        views: count,
        bands: array(
          object({
            from: share,
            to: share,
            reached: { ...count, description: 'Views that had the band on screen.' },
            msInView: count,
          }),
        ),
        foldLine: {
          ...orNull(share),
          description: 'Mean share of the document that shows without scrolling; null without views.',
        },
      }),
      example,
    },
  },
  { path, device, from, to },
  async ({ site, values: { path: page, device: wanted, ...wish }, now }, ports) => {
    const range = rangeOf(wish, 'day', site.zone, now);
    const items = await readPage(site.site, nameId(page), range, ports);
    const json: ScrollAnswer = {
      ...range,
      path: page,
      device: wanted,
      ...scrollOf(items, wanted ? [wanted] : devices),
    };
    return { status: 200, json };
  },
);
