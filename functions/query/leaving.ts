import type { LeavingAnswer } from '../contract/leaving-answer.ts';
import { dayStart } from '../contract/time-unit.ts';
import { leavingDay, leavingRows, uncountedDays } from './leaving-rows.ts';
import { reducePages } from './page-days.ts';
import { from, limit, to } from './parameters.ts';
import type { QueryPorts } from './query-ports.ts';
import { daysOf, rangeOf } from './range.ts';
import { type SiteCall, siteRoute } from './route.ts';
import { array, count, object, rangeProperties, text } from './schema.ts';

const left = {
  views: { ...count, description: 'Views.' },
  left: { ...count, description: 'Those that are their session’s last.' },
};
const met = (description: string) => ({ ...object(left), description });
export const leavingSums = {
  views: { ...count, description: 'Page views.' },
  left: { ...count, description: 'Sessions whose last page view this is.' },
};
export const metFigures = {
  rage: 'a burst of rage clicks',
  dead: 'a click that nothing followed',
  hesitation: 'a hover of 1 s or more that no click followed',
  engaged: '10 s of visible and active time or more',
  read: 'something below half of the page’s height on screen',
} as const;
const sum = {
  ...leavingSums,
  met: object({
    rage: met(`Views with ${metFigures.rage}.`),
    dead: met(`Views with ${metFigures.dead}.`),
    hesitation: met(`Views with ${metFigures.hesitation}.`),
    engaged: met(`Views with ${metFigures.engaged}; the others were hardly engaged with.`),
    read: met(`Views with ${metFigures.read}; the others were hardly scrolled.`),
  }),
};

const exampleSum = {
  views: 120,
  left: 40,
  met: {
    rage: { views: 31, left: 12 },
    dead: { views: 9, left: 4 },
    hesitation: { views: 20, left: 6 },
    engaged: { views: 70, left: 19 },
    read: { views: 64, left: 17 },
  },
};
const none = { views: 0, left: 0 };
const example: LeavingAnswer = {
  from: 1795392000000,
  to: 1795478400000,
  zone: 'UTC',
  rows: [{ path: '/pricing', title: 'Pricing', ...exampleSum }],
  other: { ...none, met: { rage: none, dead: none, hesitation: none, engaged: none, read: none } },
  site: exampleSum,
};

export const leavingParameters = { from, to, limit: limit(100) };

export const leavingRoute = siteRoute(
  {
    method: 'GET',
    path: '/v1/sites/{site}/leaving',
    summary: 'What precedes leaving',
    description:
      'Of each page’s views, how many are their session’s last; and the same of the views in which something was met while they were the last ' +
      'so far. `views` less `met.….views` are those without it. By whole days of the site, kept for 400 days; the range begins with the ' +
      'first day on which this was counted. A session counts as left until it goes on, which it may for 30 minutes.',
    answer: {
      status: 200,
      description: 'Pages, most viewed first.',
      schema: object({
        ...rangeProperties,
        rows: array(object({ path: text(), title: text('As last seen.'), ...sum })),
        other: object(sum),
        site: object(sum),
      }),
      example,
    },
  },
  leavingParameters,
  async (call, ports) => ({ status: 200, json: await readLeaving(call, ports) }),
);

export async function readLeaving(
  { site, values: { limit: rowsMax, ...wish }, now }: SiteCall<typeof leavingParameters>,
  ports: QueryPorts,
): Promise<LeavingAnswer> {
  const range = rangeOf(wish, 'day', site.zone, now);
  const days = await reducePages(site.site, range, ports, leavingDay);
  const leftOut = uncountedDays(days);
  const first = daysOf(range)[leftOut];
  const counted = leftOut > 0 && first ? { ...range, from: dayStart(first, range.zone) } : range;
  return { ...counted, ...leavingRows(days.slice(leftOut), rowsMax) };
}
