import type { ScrollAnswer } from '../contract/answer.ts';
import { nameId } from '../contract/name-id.ts';
import { devices } from '../contract/record.ts';
import { reduceElements } from './element-days.ts';
import { boxSchema } from './heatmap-schema.ts';
import { readPage } from './page-days.ts';
import { paneScrolls, paneSumsOf } from './pane-scroll.ts';
import { device, from, path, to } from './parameters.ts';
import { pathAsked } from './path-asked.ts';
import type { QueryPorts } from './query-ports.ts';
import { rangeOf } from './range.ts';
import { type SiteCall, siteRoute } from './route.ts';
import { array, count, object, oneOf, orNull, rangeProperties, type Schema, share, text } from './schema.ts';
import { scrollOf } from './scroll-bands.ts';

export const bandFigures = {
  from: { ...share, description: 'Where the band begins: a share of the height.' },
  to: { ...share, description: 'Where it ends.' },
  reached: { ...count, description: 'Views that had the band on screen.' },
  msInView: { ...count, description: 'How long, ms.' },
};
const reach: Record<string, Schema> = {
  views: { ...count, description: 'Views that had it on screen.' },
  bands: array(object(bandFigures)),
  foldLine: {
    ...orNull(share),
    description: 'Mean share of it that shows without scrolling; null without views.',
  },
};

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
  panes: [
    {
      key: '#results',
      box: [40, 300, 400, 320],
      viewportWidth: 1280,
      views: 80,
      bands: [{ from: 0, to: 0.05, reached: 80, msInView: 300000 }],
      foldLine: 0.4,
    },
  ],
};

export const scrollParameters = { path, device, from, to };

export const scrollRoute = siteRoute(
  {
    method: 'GET',
    path: '/v1/sites/{site}/scroll',
    forOverlays: true,
    summary: 'How far a page was read',
    description:
      'By whole days of the site, kept for 400 days. Twenty bands of 5 % of the document’s height, from the top. `panes` are ' +
      'the elements of the page that scroll by themselves, their bands being of what they hold; they count views in which one of ' +
      'them was scrolled, from then on. For an overlay’s token, ' +
      '`path` is as its browser has it.',
    answer: {
      status: 200,
      description: 'The bands.',
      schema: object({
        ...rangeProperties,
        path: text(),
        device: orNull(oneOf(devices)),
        ...reach,
        panes: array(
          object({
            key: text('Stable short selector.'),
            box: { ...orNull(boxSchema), description: 'Last seen: x, y, width, height in document px.' },
            viewportWidth: count,
            ...reach,
          }),
        ),
      }),
      example,
    },
  },
  scrollParameters,
  async (call, ports) => ({ status: 200, json: await readScroll(call, ports) }),
);

export async function readScroll(
  { site, values: { path: asked, device: wanted, ...wish }, caller, now }: SiteCall<typeof scrollParameters>,
  ports: QueryPorts,
): Promise<ScrollAnswer> {
  const page = pathAsked(asked, { site, caller });
  const range = rangeOf(wish, 'day', site.zone, now);
  const pageId = nameId(page);
  const [items, panes] = await Promise.all([
    readPage(site.site, pageId, range, ports),
    reduceElements({ site: site.site, pageId, device: wanted }, range, ports, paneSumsOf, 'p'),
  ]);
  return {
    ...range,
    path: page,
    device: wanted,
    ...scrollOf(items, wanted ? [wanted] : devices),
    panes: paneScrolls(panes),
  };
}
