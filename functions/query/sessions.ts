import { sessionKeptMs, type Totals } from '../contract/counter.ts';
import { type SessionsAnswer, sessionsPerAnswerDefault, sessionsPerAnswerMax } from '../contract/session-answer.ts';
import { liveAsOf } from './live-sessions.ts';
import { newestSessions } from './newest-sessions.ts';
import { from, limit, to } from './parameters.ts';
import type { QueryPorts } from './query-ports.ts';
import { rangeOf } from './range.ts';
import { type SiteCall, siteRoute } from './route.ts';
import { array, object, orNull, rangeProperties, text } from './schema.ts';
import { cursor } from './session-cursor.ts';
import { isWanted, sessionFilter } from './session-filter.ts';
import { sessionRow } from './session-row.ts';
import { sessionRowExample, sessionRowSchema } from './session-schema.ts';

export const sessionsParameters = {
  from,
  to,
  limit: limit(sessionsPerAnswerDefault, sessionsPerAnswerMax),
  cursor,
  ...sessionFilter,
};

export const sessionsRoute = siteRoute(
  {
    method: 'GET',
    path: '/v1/sites/{site}/sessions',
    summary: 'Sessions, one by one',
    description:
      'Those that began in the range, newest first: a visitor’s activity with no gap over 30 minutes, of 24 hours at most. They are kept for 90 days, or as long ' +
      'as the site keeps its events. A request reads no more than 2,000 of them: with filters, an answer may have fewer rows than `limit`, ' +
      'even none, and still a `next`.',
    answer: {
      status: 200,
      description: 'The sessions.',
      schema: object({
        ...rangeProperties,
        rows: array(sessionRowSchema),
        next: orNull(text('The `cursor` that the next answer is asked for with; null: there are no more.')),
      }),
      example: {
        from: 1795392000000,
        to: 1795438800000,
        zone: 'UTC',
        rows: [sessionRowExample],
        next: null,
      } satisfies SessionsAnswer,
    },
  },
  sessionsParameters,
  async (call, ports) => ({ status: 200, json: await readSessions(call, ports) }),
);

export async function readSessions(
  { site, values: { cursor: after, limit: most, ...wish }, now }: SiteCall<typeof sessionsParameters>,
  ports: QueryPorts,
): Promise<SessionsAnswer> {
  const range = rangeOf(wish, 'hour', site.zone, now, sessionKeptMs);
  const pick = (item: Totals) => (isWanted(sessionRow(item, now), wish) ? item : null);
  const { found, next } = await newestSessions(site.site, range, { after, limit: most, pick }, ports);
  const asOf = await liveAsOf(site.site, found, now, ports);
  return { ...range, rows: found.map((item) => sessionRow(item, asOf)), next };
}
