import type { AnswerRange, BreakdownAnswer, BreakdownSum } from '../contract/answer.ts';
import { openDimensions, smallDimensions, valuePartition } from '../contract/counter.ts';
import { isHappening, mergeTallies, openTally, pathTally, smallTally, type ValueTally } from './breakdown-tally.ts';
import { readHours } from './hour-items.ts';
import { inParallel } from './in-parallel.ts';
import { reducePages } from './page-days.ts';
import { choice, from, limit, to } from './parameters.ts';
import type { QueryPorts } from './query-ports.ts';
import { daysOf, rangeOf } from './range.ts';
import { ranked } from './ranked.ts';
import { type SiteCall, siteRoute } from './route.ts';
import { array, count, object, oneOf, rangeProperties, text } from './schema.ts';

export const dimensions = ['path', ...smallDimensions, ...openDimensions] as const;
export type Dimension = (typeof dimensions)[number];

const sum = {
  pageViews: { ...count, description: 'Page views that came with the value.' },
  count: { ...count, description: 'How often it happened: in place of pageViews for outbound, download and event.' },
  visitors: { ...count, description: 'Daily visitors, summed.' },
};
export const breakdownProperties = { value: text('What the row is.'), ...sum };
export const breakdownParameters = {
  from,
  to,
  dimension: choice('dimension', dimensions, 'What the rows are.'),
  limit: limit(100),
};
const example: BreakdownAnswer = {
  dimension: 'country',
  from: 1795392000000,
  to: 1795438800000,
  zone: 'UTC',
  rows: [{ value: 'DE', pageViews: 120, visitors: 40 }],
  other: { pageViews: 3, visitors: 1 },
};

export const breakdownRoute = siteRoute(
  {
    method: 'GET',
    path: '/v1/sites/{site}/breakdown',
    summary: 'Page views and visitors by one dimension',
    description:
      'country, browser, os, device, language and viewport are kept by hour for 90 days; path and the others by whole days of ' +
      'the site for 400 days. `other` sums the values beyond `limit` and those beyond the number of values a day holds by name.',
    answer: {
      status: 200,
      description: 'Rows, most first.',
      schema: object({
        dimension: oneOf(dimensions),
        ...rangeProperties,
        rows: array(object(breakdownProperties, ['pageViews', 'count'])),
        other: object(sum, ['pageViews', 'count']),
      }),
      example,
    },
  },
  breakdownParameters,
  async (call, ports) => ({ status: 200, json: await readBreakdown(call, ports) }),
);

export async function readBreakdown(
  { site, values: { dimension, limit: rowsMax, ...wish }, now }: SiteCall<typeof breakdownParameters>,
  ports: QueryPorts,
): Promise<BreakdownAnswer> {
  const range = rangeOf(wish, isSmall(dimension) ? 'hour' : 'day', site.zone, now);
  const tally = await readTally(dimension, site.site, range, ports);
  const { rows, other } = ranked(tally, 'amount', rowsMax, { amount: 0, visitors: 0 });
  return {
    dimension,
    ...range,
    rows: rows.map(([value, sums]) => ({ value, ...named(dimension, sums) })),
    other: named(dimension, other),
  };
}

async function readTally(
  dimension: Dimension,
  site: string,
  range: AnswerRange,
  ports: QueryPorts,
): Promise<ValueTally> {
  if (dimension === 'path') return mergeTallies(await reducePages(site, range, ports, pathTally));
  if (isSmall(dimension)) return smallTally(await readHours(site, range, ports), dimension);
  const read = async (day: string) => {
    const pk = valuePartition(ports.epoch, site, day);
    // The tilde sorts after every character of an id.
    return openTally(await ports.counters.partition(pk, `${dimension}|`, `${dimension}|~`), dimension);
  };
  return mergeTallies(await inParallel(daysOf(range), read));
}

function isSmall(dimension: Dimension): dimension is (typeof smallDimensions)[number] {
  return smallDimensions.some((small) => small === dimension);
}

function named(dimension: Dimension, { amount, visitors }: { amount: number; visitors: number }): BreakdownSum {
  return isHappening(dimension) ? { count: amount, visitors } : { pageViews: amount, visitors };
}
