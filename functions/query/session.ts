import { sessionKeptMs, sessionKey } from '../contract/counter.ts';
import { type SessionAnswer, sessionEventsMax } from '../contract/session-answer.ts';
import { firstThatFit } from './answer-bytes.ts';
import { liveAsOf } from './live-sessions.ts';
import { siteRoute } from './route.ts';
import { instant, object } from './schema.ts';
import { sessionEvents } from './session-events.ts';
import { parseSessionId, unknownSession } from './session-id.ts';
import { sessionMoments } from './session-moments.ts';
import { readSessionRecords } from './session-records.ts';
import { sessionReplay } from './session-replay.ts';
import { sessionReplayExample, sessionReplaySchema } from './session-replay-schema.ts';
import { sessionRow } from './session-row.ts';
import { sessionEventsSchema, sessionRowExample, sessionRowSchema } from './session-schema.ts';

/** Of an answer's bytes; with the replay's they leave the rest some room. */
const sessionEventsBytesMax = 3_000_000;

const example: SessionAnswer = {
  session: sessionRowExample,
  events: [
    { at: 1795435200000, load: 0, page: '/', what: 'view', value: 'Shop' },
    {
      at: 1795435209000,
      load: 0,
      page: '/',
      what: 'click',
      element: { key: '#buy', label: 'Buy', x: 0.5, y: 0.25 },
    },
  ],
  replay: sessionReplayExample,
  completeTo: 1795438800000,
  truncated: false,
};

export const sessionRoute = siteRoute(
  {
    method: 'GET',
    path: '/v1/sites/{site}/sessions/{id}',
    summary: 'What happened in a session',
    description:
      'Read from the archive, which has what was received some five minutes ago: `completeTo` says up to when. Moves are told by `replay`, ' +
      `heartbeats not, and never what was entered into a field. At most ${sessionEventsMax} events, the first ones.`,
    refusals: { 404: 'There is no such site or session: it is over 90 days old, or its visitor was erased.' },
    answer: {
      status: 200,
      description: 'The session and its events, oldest first.',
      schema: object({
        session: sessionRowSchema,
        events: sessionEventsSchema,
        replay: sessionReplaySchema,
        completeTo: { ...instant, description: 'What was received before this is told, ms since the epoch.' },
        truncated: { type: 'boolean', description: 'There is more than is told.' },
      }),
      example,
    },
  },
  {},
  async ({ site: { site }, path, now }, ports) => {
    const { epoch, counters, archive } = ports;
    const id = path.id ?? '';
    const name = parseSessionId(id);
    const item = await counters.guarded(sessionKey(epoch, site, name));
    // DynamoDB deletes what has expired within days.
    if (!item || name.firstStart + sessionKeptMs <= now) throw unknownSession(id);
    const session = sessionRow(item, await liveAsOf(site, [item], now, ports));
    const { start, last, visitor } = session;
    const { guards } = item;
    const { records, readTo, isCut } = await readSessionRecords(site, { visitor, start, last, guards }, now, archive);
    const newest = records.reduce((at, { receivedAt, events }) => {
      return events.reduce((latest, [, age]) => Math.max(latest, receivedAt - age), at);
    }, 0);
    // A shard is archived in order: with the session's last event all of it is there.
    const completeTo = newest >= last ? now : Math.max(start, readTo);
    const moments = sessionMoments(records, start, last);
    const events = sessionEvents(moments);
    const told = firstThatFit(events.slice(0, sessionEventsMax), sessionEventsBytesMax);
    const json: SessionAnswer = {
      session,
      events: told,
      replay: sessionReplay(moments),
      completeTo,
      truncated: isCut || events.length > told.length,
    };
    return { status: 200, json };
  },
);
