import {
  type LogAnswer,
  loggedFunctions,
  type SystemAnswer,
  type SystemSeries,
  systemSeries,
} from '../contract/system.ts';
import { choice } from './parameters.ts';
import { siteRoute } from './route.ts';
import { array, instant, object, oneOf, text, tuple } from './schema.ts';

const states = ['ok', 'alarm', 'unknown'] as const;
const seriesNames = Object.keys(systemSeries) as SystemSeries[];

const systemExample: SystemAnswer = {
  at: 1795435260000,
  alarms: [
    {
      name: 'PushFailures',
      state: 'ok',
      since: 1795400000000,
      what: 'Totals could not be pushed to dashboards. They resync each minute, so numbers are late and not wrong.',
      reason: 'Threshold Crossed: 3 datapoints were not greater than the threshold (0.0).',
    },
  ],
  changes: [{ name: 'PushFailures', at: 1795400000000, to: 'ok' }],
  series: [{ name: 'taken', points: [[1795435200000, 12]] }],
};

/** It is the whole deployment's, and so the same at each of its sites: for owners, and keys that may write. */
export const systemRoute = siteRoute(
  {
    method: 'GET',
    path: '/v1/sites/{site}/system',
    summary: 'How the pipeline itself is: alarms and what it measures',
    needs: 'write',
    description:
      'Of the whole deployment, whichever site is asked. An alarm’s name is the heading of its article in the runbook. `unknown`: not enough has been measured yet.',
    answer: {
      status: 200,
      description: 'Alarms, those that ring first; how they changed in a day; three hours of figures by the minute.',
      schema: object({
        at: instant,
        alarms: array(object({ name: text(), state: oneOf(states), since: instant, what: text(), reason: text() })),
        changes: array(object({ name: text(), at: instant, to: oneOf(states) })),
        series: array(object({ name: oneOf(seriesNames), points: array(tuple(instant, { type: 'number' })) })),
      }),
      example: systemExample,
    },
  },
  {},
  async ({ now }, { monitor }) => ({ status: 200, json: await monitor.system(now) }),
);

const logExample: LogAnswer = {
  lines: [
    { at: 1795435200000, text: '{"level":"warn","message":"record set aside","site":"demo","reason":"not-json"}' },
  ],
  isMore: false,
};

export const logRoute = siteRoute(
  {
    method: 'GET',
    path: '/v1/sites/{site}/log',
    summary: 'The last lines that a function wrote',
    needs: 'write',
    description: 'Of the whole deployment. There is no address, user agent, key or token in them.',
    answer: {
      status: 200,
      description: 'Newest first, at most 100: problems of the last ten minutes, or all of the last minute.',
      schema: object({ lines: array(object({ at: instant, text: text() })), isMore: { type: 'boolean' } }),
      example: logExample,
    },
  },
  {
    fn: choice('function', loggedFunctions, 'Whose log.'),
    level: choice('level', ['problem', 'all'], '`problem`: warnings and errors only.', 'problem'),
  },
  async ({ values: { fn, level }, now }, { monitor }) => ({
    status: 200,
    json: await monitor.log(fn, level === 'problem', now),
  }),
);
