import { elementScope } from '../contract/admission.ts';
import type { AnswerRange } from '../contract/answer.ts';
import { nameId } from '../contract/name-id.ts';
import { dayMs, dayStart, localDay } from '../contract/time-unit.ts';
import type { TrendsAnswer } from '../contract/trends-answer.ts';
import { reduceElements } from './element-days.ts';
import { readHours } from './hour-items.ts';
import { readPage, reducePages } from './page-days.ts';
import { from, optionalPath, to } from './parameters.ts';
import type { QueryPorts } from './query-ports.ts';
import { daysOf, keptMs, rangeOf } from './range.ts';
import { type SiteCall, siteRoute } from './route.ts';
import { array, count, instant, object, orNull, rangeProperties, text } from './schema.ts';
import { addTouches, pageDays, reachOf, siteDays, type Touches } from './trend-days.ts';

const ofSite = (description: string) => ({ ...orNull(count), description: `${description} Null for a page.` });
const ofPage = (description: string) => ({ ...orNull(count), description: `${description} Null for the whole site.` });

export const trendFigures = {
  pageViews: { ...count, description: 'Page views.' },
  engagedMs: { ...count, description: 'Visible and active time, ms.' },
  reachedHalf: { ...count, description: 'Views that had something below 50 % of the page’s height on screen.' },
  reachedEnd: { ...count, description: 'Views that had something below 90 % of it on screen.' },
  rage: { ...count, description: 'Bursts of rage clicks.' },
  dead: { ...count, description: 'Clicks that nothing followed.' },
  hesitations: {
    ...orNull(count),
    description:
      'Hovers of 1 s or more that no click followed. Null before the first day on which the site’s were counted.',
  },
  sessions: ofSite('Sessions that began.'),
  bounces: ofSite('Sessions of one page view.'),
  durationMs: ofSite('Length of the sessions that began, summed, ms.'),
  entries: ofPage('Sessions that began here.'),
  exits: ofPage('Sessions whose last page view this is.'),
};

const example: TrendsAnswer = {
  from: 1795392000000,
  to: 1795478400000,
  zone: 'UTC',
  path: null,
  before: { from: 1795305600000, to: 1795392000000 },
  days: [
    {
      at: 1795305600000,
      ...{ pageViews: 100, engagedMs: 1_500_000, reachedHalf: 60, reachedEnd: 25, rage: 1, dead: 2, hesitations: 8 },
      ...{ sessions: 42, bounces: 12, durationMs: 4_200_000, entries: null, exits: null },
    },
    {
      at: 1795392000000,
      ...{ pageViews: 120, engagedMs: 1_800_000, reachedHalf: 70, reachedEnd: 31, rage: 0, dead: 2, hesitations: 9 },
      ...{ sessions: 44, bounces: 11, durationMs: 4_400_000, entries: null, exits: null },
    },
  ],
  complete: true,
};

export const trendsParameters = {
  path: { ...optionalPath, description: 'One page; left out: the whole site.' },
  from,
  to,
};

export const trendsRoute = siteRoute(
  {
    method: 'GET',
    path: '/v1/sites/{site}/trends',
    summary: 'How visits were, day by day, beside the days before',
    description:
      'Counts of each local day of the range and of as many days before it, of which rates are made: bounces of sessions, engaged ms of ' +
      'page views and so on. Of the whole site, or of one page. By whole days, kept for 90 days, both ranges together.',
    answer: {
      status: 200,
      description: 'The days.',
      schema: object({
        ...rangeProperties,
        path: orNull(text()),
        before: object({ from: instant, to: instant }),
        days: array(
          object({ at: { ...instant, description: 'Start of the local day, ms since the epoch.' }, ...trendFigures }),
        ),
        complete: {
          type: 'boolean',
          description:
            'False when rage, dead clicks and hesitations of the page may be more: a day had more elements than are counted one by one.',
        },
      }),
      example,
    },
  },
  trendsParameters,
  async (call, ports) => ({ status: 200, json: await readTrends(call, ports) }),
);

export async function readTrends(
  { site: { site, zone }, values: { path, ...wish }, now }: SiteCall<typeof trendsParameters>,
  ports: QueryPorts,
): Promise<TrendsAnswer> {
  const range = rangeOf(wish, 'day', zone, now, keptMs.hour);
  const before = daysBefore(range, now);
  const both = { from: before.from, to: range.to, zone };
  const told = path === null ? await readSite(site, both, ports) : await readOnePage(site, path, both, ports);
  return { ...range, path, before, ...told };
}

/** As many local days, up to where the range begins. */
function daysBefore(range: AnswerRange, now: number): TrendsAnswer['before'] {
  const { from: end, zone } = range;
  const count = daysOf(range).length;
  if (count === 0) return { from: end, to: end };
  const day = new Date(Date.parse(`${localDay(end, zone)}T00:00:00Z`) - count * dayMs).toISOString().slice(0, 10);
  const { from: start } = rangeOf(
    { from: { at: dayStart(day, zone) }, to: { at: end } },
    'day',
    zone,
    now,
    keptMs.hour,
  );
  return { from: Math.min(start, end), to: end };
}

type Told = Pick<TrendsAnswer, 'days' | 'complete'>;

async function readSite(site: string, both: AnswerRange, ports: QueryPorts): Promise<Told> {
  const [hours, reach] = await Promise.all([readHours(site, both, ports), reducePages(site, both, ports, reachOf)]);
  return { days: siteDays(both, hours, reach), complete: true };
}

async function readOnePage(site: string, path: string, both: AnswerRange, ports: QueryPorts): Promise<Told> {
  const pageId = nameId(path);
  const touches = new Map<number, Touches>();
  let complete = true;
  const [items] = await Promise.all([
    readPage(site, pageId, both, ports),
    reduceElements(
      { site, pageId, device: null },
      both,
      ports,
      ({ items: tiles, admissions }) => {
        if (admissions.length >= elementScope('').slotCount) complete = false;
        addTouches(touches, tiles, both.zone);
      },
      'c',
    ),
  ]);
  return { days: pageDays(both, items, touches), complete };
}
