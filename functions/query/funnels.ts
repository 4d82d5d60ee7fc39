import { goalPartition, seriesName } from '../contract/counter.ts';
import type { FunnelsAnswer } from '../contract/funnels-answer.ts';
import { goalIds, targetKinds } from '../contract/goal.ts';
import type { SiteConfig } from '../contract/site.ts';
import { goalFigures } from './goal-figures.ts';
import { readHours } from './hour-items.ts';
import { inParallel } from './in-parallel.ts';
import { from, to } from './parameters.ts';
import type { QueryPorts } from './query-ports.ts';
import { daysOf, keptMs, rangeOf } from './range.ts';
import { type SiteCall, siteRoute } from './route.ts';
import { array, count, instant, object, oneOf, orNull, rangeProperties, share, text } from './schema.ts';

export const target = {
  what: oneOf(targetKinds, 'What kind of thing reaches it.'),
  match: text('What reaches it: see the site’s settings.'),
};
export const named = {
  id: text('Stays the same when it is renamed; another when it is defined otherwise.'),
  name: text('As the settings call it.'),
  since: {
    ...orNull(instant),
    description: 'Since when it is counted, ms since the epoch; null: for as long as anything is.',
  },
};
export const goalSums = {
  conversions: { ...count, description: 'How often it was reached, each time.' },
  sessions: { ...count, description: 'Sessions that have reached it.' },
  rate: { ...share, description: 'Those, as a share of all sessions.' },
};
export const stepSums = {
  sessions: { ...count, description: 'Sessions that have reached it, and all steps before it in this order.' },
  share: { ...share, description: 'Of the sessions that have reached the first step.' },
  dropped: { ...count, description: 'Sessions that have reached the step before, and not this one.' },
};
const schema = object({
  ...rangeProperties,
  sessions: { ...count, description: 'Sessions that began in the range.' },
  unit: oneOf(['hour', 'day'], 'What a point is: an hour where the range is two days at most.'),
  goals: array(
    object({
      ...named,
      ...target,
      ...goalSums,
      points: array(object({ at: instant, conversions: count })),
    }),
  ),
  funnels: array(
    object({
      ...named,
      steps: array(
        object({
          name: text('What reaches it.'),
          ...target,
          ...stepSums,
        }),
      ),
    }),
  ),
});
const example: FunnelsAnswer = {
  from: 1795392000000,
  to: 1795395600000,
  zone: 'UTC',
  sessions: 40,
  unit: 'hour',
  goals: [
    {
      id: 'a1B2c3D4',
      name: 'Order',
      what: 'page',
      match: '/thanks',
      since: 1795000000000,
      conversions: 5,
      sessions: 4,
      rate: 0.1,
      points: [{ at: 1795392000000, conversions: 5 }],
    },
  ],
  funnels: [
    {
      id: 'E5f6G7h8',
      name: 'Purchase',
      since: 1795000000000,
      steps: [
        { name: '/cart', what: 'page', match: '/cart', sessions: 10, share: 1, dropped: 0 },
        { name: '/thanks', what: 'page', match: '/thanks', sessions: 4, share: 0.4, dropped: 6 },
      ],
    },
  ],
};

export const funnelsParameters = { from, to };

export const funnelsRoute = siteRoute(
  {
    method: 'GET',
    path: '/v1/sites/{site}/funnels',
    summary: 'How often goals were reached, and how far sessions came in funnels',
    description:
      'By whole days of the site, kept for 90 days as sessions are. A session counts on the day on which it began, once for each ' +
      'goal and each step. Goals and funnels are part of the site’s settings, and counted from the moment that they exist; a rebuild ' +
      'counts them for what came before.',
    answer: { status: 200, description: 'The goals and funnels of the settings, in their order.', schema, example },
  },
  funnelsParameters,
  async (call, ports) => ({ status: 200, json: await readFunnels(call, ports) }),
);

export async function readFunnels(
  { site: config, values, now }: SiteCall<typeof funnelsParameters>,
  ports: QueryPorts,
): Promise<FunnelsAnswer> {
  const { site, zone } = config;
  const range = rangeOf(values, 'day', zone, now, keptMs.hour);
  const days = daysOf(range);
  const read = (day: string) => ports.counters.partition(goalPartition(ports.epoch, site, day));
  const hasSome = (config.goals ?? []).length + (config.funnels ?? []).length > 0;
  const items = hasSome ? (await inParallel(days, read)).flat() : [];
  const hours = await readHours(site, range, ports);
  const filled = await filledGoals(config, ports);
  const sessions = hours.reduce((sum, { counters }) => sum + (counters[seriesName.sessions] ?? 0), 0);
  return { ...range, sessions, ...goalFigures(config, range, { sessions, items, filled, now }) };
}

/** Ids of what the epoch in use counts for as long as there are records: a rebuild has filled it in. */
async function filledGoals({ site }: SiteConfig, { epoch, sites }: QueryPorts): Promise<ReadonlySet<string>> {
  const from = await sites.goalsFrom(site, epoch);
  const version = from === null ? null : await sites.version(site, from);
  return new Set(version ? goalIds(version) : []);
}
