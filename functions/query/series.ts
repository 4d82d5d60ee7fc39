import { type AnswerRange, type SeriesAnswer, type SeriesPoint, seriesUnits } from '../contract/answer.ts';
import { livePartition } from '../contract/counter.ts';
import { minuteMs, minuteOf } from '../contract/time-unit.ts';
import { readHours } from './hour-items.ts';
import { inParallel } from './in-parallel.ts';
import { choice, from, to } from './parameters.ts';
import type { QueryPorts } from './query-ports.ts';
import { keptMs, rangeOf } from './range.ts';
import { type SiteCall, siteRoute } from './route.ts';
import { array, count, instant, object, oneOf, rangeProperties } from './schema.ts';
import { dayPoints, hourPoints, minutePoint } from './series-points.ts';

const example: SeriesAnswer = {
  unit: 'hour',
  from: 1795435200000,
  to: 1795438800000,
  zone: 'UTC',
  points: [
    {
      at: 1795435200000,
      pageViews: 120,
      visitors: 40,
      newVisitors: 31,
      sessions: 42,
      bounces: 12,
      engagedMs: 1800000,
      durationMs: 4200000,
      events: 900,
      rage: 1,
      dead: 2,
      hesitations: 9,
    },
  ],
};

export const pointFigures = {
  pageViews: { ...count, description: 'Page views.' },
  visitors: { ...count, description: 'Unique in this unit. Over several days: daily visitors, summed.' },
  newVisitors: { ...count, description: 'First seen today in this unit; they add up to the day’s visitors.' },
  sessions: { ...count, description: 'Sessions that began.' },
  bounces: { ...count, description: 'Sessions of one page view.' },
  engagedMs: { ...count, description: 'Visible and active time, ms.' },
  durationMs: {
    ...count,
    description: 'From the first event to the last that is more than a heartbeat, of the sessions that began, ms.',
  },
  events: {
    ...count,
    description: 'What visitors did: views, clicks, moves, hovers, visits to fields, custom events.',
  },
  rage: { ...count, description: 'Bursts of rage clicks.' },
  dead: { ...count, description: 'Clicks that nothing followed.' },
  hesitations: { ...count, description: 'Hovers of 1 s or more that no click followed.' },
};
const point = object(
  {
    at: { ...instant, description: 'Start of the minute, hour or local day, ms since the epoch.' },
    ...pointFigures,
  },
  ['newVisitors', 'sessions', 'bounces', 'engagedMs', 'durationMs', 'events', 'rage', 'dead', 'hesitations'],
);

export const seriesParameters = { from, to, unit: choice('unit', seriesUnits, 'The unit of a point.', 'hour') };

export const seriesRoute = siteRoute(
  {
    method: 'GET',
    path: '/v1/sites/{site}/series',
    summary: 'Figures over time',
    description:
      'Points without gaps, oldest first, up to the unit that holds now. Minutes are kept for 48 hours and know page views and ' +
      'visitors only; hours, and days made of them, are kept for 90 days. A minute range is at most 48 h, an hour range 90 ' +
      'days, a day range 400 days. Visitors are unique in the unit; over several days they are daily visitors, summed.',
    answer: {
      status: 200,
      description: 'The series.',
      schema: object({ unit: oneOf(seriesUnits), ...rangeProperties, points: array(point) }),
      example,
    },
  },
  seriesParameters,
  async (call, ports) => ({ status: 200, json: await readSeries(call, ports) }),
);

export async function readSeries(
  { site, values: { unit, ...wish }, now }: SiteCall<typeof seriesParameters>,
  ports: QueryPorts,
): Promise<SeriesAnswer> {
  // Days are made of hours, so they reach back as far as hours do.
  const range = rangeOf(wish, unit, site.zone, now, unit === 'day' ? keptMs.hour : keptMs[unit]);
  return { unit, ...range, points: await read[unit](site.site, range, ports) };
}

const read: Record<
  SeriesAnswer['unit'],
  (site: string, range: AnswerRange, ports: QueryPorts) => Promise<SeriesPoint[]>
> = {
  async minute(site, range, ports) {
    const minutes = Array.from({ length: (range.to - range.from) / minuteMs }, (_, i) => range.from + i * minuteMs);
    const live = (at: number) => ports.counters.partition(livePartition(ports.epoch, site, minuteOf(at)));
    // Each minute is summed as it arrives: a busy one has 256 items, and a range may have 2,880 minutes.
    return inParallel(minutes, async (at) => minutePoint(at, await live(at)));
  },
  hour: async (site, range, ports) => hourPoints(range, await readHours(site, range, ports)),
  day: async (site, range, ports) => dayPoints(range, await readHours(site, range, ports)),
};
