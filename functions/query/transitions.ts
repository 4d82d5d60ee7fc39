import { nameId } from '../contract/name-id.ts';
import type { TransitionsAnswer } from '../contract/transitions-answer.ts';
import { readPage } from './page-days.ts';
import { pagePaths, sidesOf } from './page-flow.ts';
import { from, limit, optionalPath, to } from './parameters.ts';
import type { QueryPorts } from './query-ports.ts';
import { rangeOf } from './range.ts';
import { type SiteCall, siteRoute } from './route.ts';
import { array, count, object, orNull, rangeProperties, text } from './schema.ts';
import { namesOf } from './transition-names.ts';
import { mostFirst, readTransitions, sumOf } from './transition-tally.ts';

const measures = {
  count,
  share: { type: 'number', minimum: 0, description: 'For each view of the page: 0.25 is once in four views.' },
};
const flow = object(measures);
const pages = array(object({ path: text(), ...measures }));

const example: TransitionsAnswer = {
  from: 1795392000000,
  to: 1795478400000,
  zone: 'UTC',
  rows: [
    { from: '/pricing', to: '/sign-up', count: 30 },
    { from: '/', to: '/pricing', count: 24 },
  ],
  other: { count: 0 },
  page: {
    path: '/pricing',
    pageViews: 60,
    entries: { count: 36, share: 0.6 },
    exits: { count: 24, share: 0.4 },
    before: [{ path: '/', count: 24, share: 0.4 }],
    beforeOther: { count: 0, share: 0 },
    after: [{ path: '/sign-up', count: 30, share: 0.5 }],
    afterOther: { count: 0, share: 0 },
    outbound: [{ url: 'https://docs.example/', count: 6, share: 0.1 }],
    outboundOther: { count: 0, share: 0 },
  },
};

export const transitionColumns = {
  from: text('The page that was viewed before.'),
  to: text('The page that was viewed after it.'),
  count: { ...count, description: 'How often.' },
};
export const transitionsParameters = { from, to, path: optionalPath, limit: limit(100) };

export const transitionsRoute = siteRoute(
  {
    method: 'GET',
    path: '/v1/sites/{site}/transitions',
    summary: 'From which page to which',
    description:
      'By whole days of the site, kept for 400 days. Within a document a view comes from the page that it showed before; a ' +
      'document’s first view, or one that the browser’s cache brought back, from the page that the session viewed last. With ' +
      '`path`, the rows are those to that page and from it, and `page` says what came before its views and after them: pages, ' +
      'entries, exits, and outbound links that were followed. `other` sums the rows beyond `limit`; `limit` holds for each list. Several ' +
      'days with more different pairs than are read for one answer are refused (`range-too-full`).',
    answer: {
      status: 200,
      description: 'Rows, most first.',
      schema: object({
        ...rangeProperties,
        rows: array(object(transitionColumns)),
        other: object({ count }),
        page: orNull(
          object({
            path: text(),
            pageViews: count,
            entries: { ...flow, description: 'Sessions that began here.' },
            exits: {
              ...flow,
              description: 'Sessions whose last page view this is, outbound links that ended one included.',
            },
            before: pages,
            beforeOther: flow,
            after: pages,
            afterOther: flow,
            outbound: array(object({ url: text(), ...measures })),
            outboundOther: flow,
          }),
        ),
      }),
      example,
    },
  },
  transitionsParameters,
  async (call, ports) => ({ status: 200, json: await readFlows(call, ports) }),
);

export async function readFlows(
  { site: { site, zone }, values: { path, limit: rowsMax, ...wish }, now }: SiteCall<typeof transitionsParameters>,
  ports: QueryPorts,
): Promise<TransitionsAnswer> {
  const range = rangeOf(wish, 'day', zone, now);
  const pageId = path === null ? null : nameId(path);
  const [{ pairs, left }, items] = await Promise.all([
    readTransitions(site, range, pageId, ports),
    pageId === null ? [] : readPage(site, pageId, range, ports),
  ]);
  const between = mostFirst(pairs.filter(({ isOutbound }) => !isOutbound));
  const shown = between.slice(0, rowsMax);
  const sides = sidesOf(pairs, pageId ?? '');
  const listed = Object.values(sides).flatMap((side) => side.slice(0, rowsMax));
  const names = await namesOf(site, [...shown, ...listed], ports);
  return {
    ...range,
    rows: shown.map((pair) => ({ from: names.page(pair.from), to: names.page(pair.to), count: pair.count })),
    other: { count: left + sumOf(between.slice(rowsMax)) },
    page: path === null ? null : pagePaths(path, items, sides, rowsMax, names),
  };
}
