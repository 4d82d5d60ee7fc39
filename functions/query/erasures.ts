import type { ErasureAnswer, ErasuresAnswer, ErasureWish } from '../contract/erasure.ts';
import { dayMs, localDay } from '../contract/time-unit.ts';
import { erasuresMax, newErasure, type VisitorErasure } from '../sites/visitor-erasure-store.ts';
import { noteChange } from './account/change.ts';
import { ApiError } from './api-error.ts';
import { parseBody, textOf } from './json-body.ts';
import { bad, missing } from './parameters.ts';
import { siteRoute } from './route.ts';
import { array, count, instant, object, oneOf, text } from './schema.ts';
import { sessionNameIn } from './session-id.ts';

const path = '/v1/sites/{site}/erasures';
const schema = object({
  id: text('16 digits.'),
  day: text('The site’s local date.'),
  state: oneOf(['waiting', 'done']),
  requestedAt: instant,
  at: { ...instant, description: 'When it is tried next, at the earliest; of one that is done, when it was.' },
  why: text('Why it waits. Empty once it is done.'),
  records: { ...count, description: 'Records of the archive that were erased.' },
  failedRecords: { ...count, description: 'Records that were erased before they could be counted.' },
});
const example: ErasureAnswer = {
  id: '1795435200000123',
  day: '2026-11-23',
  state: 'waiting',
  requestedAt: 1795435200000,
  at: 1795611600000,
  why: 'the visitor was here less than 49 hours ago',
  records: 0,
  failedRecords: 0,
};
/** The archive is kept no longer. */
const daysBackMax = 400;

export const addErasureRoute = siteRoute(
  {
    method: 'POST',
    path,
    needs: 'own',
    refusals: { 409: 'Too many wait.' },
    summary: 'Erases what one visitor did on a day',
    description:
      'From the visitor’s state, the archive and the records that could not be counted; counters are sums of all visitors, and stay. ' +
      'A visitor names themselves by `sitepulse.load`, which their browser’s console tells on any page of the site; the archive ' +
      'and the list of sessions name them by `visitor`. `session`, an id of that list, names its visitor and their day: a session is ' +
      'erased with the day that it is part of. It is done within the hour once they have been quiet for 49 hours, when nothing of theirs can be ' +
      'under way any more. Asked for again, it is the same request.',
    body: object(
      {
        day: text('YYYY-MM-DD, of the site; left out beside `session`.'),
        visitor: text('16 hex digits.'),
        load: text('16 hex digits.'),
        session: text('As the list of sessions calls it.'),
      },
      ['day', 'visitor', 'load', 'session'],
    ),
    answer: { status: 202, description: 'It waits.', schema, example },
  },
  {},
  async (call, ports) => {
    const { body, now } = call;
    const { site, zone } = call.site;
    const { visitorErasures } = ports;
    const wish = parseErasure(body, zone, now);
    const waiting = await visitorErasures.waiting(site);
    const same = waiting.find((one) => one.day === wish.day && one.visitor === wish.visitor && one.load === wish.load);
    if (same) return { status: 202, json: answerOf(same) };
    if (waiting.length >= erasuresMax) {
      throw new ApiError(409, 'too-many-erasures', `${erasuresMax} erasures wait: that is the most`);
    }
    const erasure = newErasure(site, wish, now);
    await noteChange(call, { what: 'visitor-erasure-asked', text: wish.day }, ports);
    await visitorErasures.put(erasure);
    return { status: 202, json: answerOf(erasure) };
  },
);

export const listErasuresRoute = siteRoute(
  {
    method: 'GET',
    path,
    needs: 'own',
    summary: 'What was to be erased, and what has become of it',
    description: `The newest ${erasuresMax}, for 400 days. Whose it was is told by none of them.`,
    answer: {
      status: 200,
      description: 'Newest first.',
      schema: object({ rows: array(schema) }),
      example: { rows: [example] } satisfies ErasuresAnswer,
    },
  },
  {},
  async ({ site: { site } }, { visitorErasures }) => {
    const json: ErasuresAnswer = { rows: (await visitorErasures.list(site, erasuresMax)).map(answerOf) };
    return { status: 200, json };
  },
);

/** @throws ApiError 413, or 400 `bad-json`, `missing-…`, `bad-…`. */
export function parseErasure(body: string, zone: string, now: number): ErasureWish {
  const [today, oldest] = [localDay(now, zone), localDay(now - daysBackMax * dayMs, zone)];
  const wish = withSession(parseBody(body));
  const accepted = `a date from ${oldest} to ${today}, such as ${today}`;
  const day = textOf(wish, 'day') ?? missing('day', accepted);
  if (!/^\d{4}-\d\d-\d\d$/.test(day) || Number.isNaN(Date.parse(day)) || day < oldest || day > today) {
    return bad('day', day, accepted);
  }
  const [visitor, load] = [idIn(wish, 'visitor'), idIn(wish, 'load')];
  if (visitor !== undefined && load !== undefined) bad('load', load, 'left out beside visitor');
  if (visitor !== undefined) return { day, visitor };
  return { day, load: load ?? missing('load', 'load or visitor, 16 hex digits, or session') };
}

/** A session's id tells whose it is, and of which day. */
function withSession(wish: Record<string, unknown>): Record<string, unknown> {
  const id = textOf(wish, 'session');
  if (id === undefined) return wish;
  const { day, visitor } =
    sessionNameIn(id) ?? bad('session', id, 'the id of a session, as the list of sessions gives it');
  for (const name of ['day', 'visitor', 'load'] as const) {
    const given = textOf(wish, name);
    if (given !== undefined) bad(name, given, 'left out beside session');
  }
  return { day, visitor };
}

function idIn(wish: Record<string, unknown>, name: 'visitor' | 'load'): string | undefined {
  const value = textOf(wish, name);
  return value === undefined || /^[0-9a-f]{16}$/.test(value) ? value : bad(name, value, '16 hex digits');
}

function answerOf({ id, day, state, requestedAt, at, why, records, failedRecords }: VisitorErasure): ErasureAnswer {
  return { id, day, state, requestedAt, at, why, records, failedRecords };
}
