import { failedPrefix, redrivenPrefix, unknownSite } from '../contract/failed.ts';
import type { FailedCount, HealthAnswer, RefusedRow } from '../contract/health.ts';
import { dayMs } from '../contract/time-unit.ts';
import { includes } from '../sites/access.ts';
import type { Refusal } from '../sites/refusal-store.ts';
import { countFailed, sampleFailed } from './failed-records.ts';
import { siteRoute } from './route.ts';
import { array, count, instant, object, orNull, text } from './schema.ts';

const failedCount = object({
  records: count,
  isMore: { type: 'boolean', description: 'There are more than were counted.' },
  reasons: array(object({ reason: text(), records: count })),
});
const refusedRows = array(object({ code: text(), batches: count, sample: text('What one of them was told.') }));
const none: FailedCount = { records: 0, isMore: false, reasons: [] };

const example: HealthAnswer = {
  failed: { records: 1, isMore: false, reasons: [{ reason: 'unknown-config', records: 1 }] },
  unattributed: none,
  redriven: none,
  samples: [
    {
      at: 1795435200000,
      reason: 'unknown-config',
      message: 'site demo has no configuration of version 9',
      shardId: 'shardId-000000000000',
      sequenceNumber: '49590338271490256608559692538361571095921575989136588898',
      bytes: 412,
      config: 9,
      events: [{ kind: 'view', count: 1 }],
    },
  ],
  refused: {
    since: '2026-11-22',
    site: [{ code: 'foreign-origin', batches: 3, sample: 'pages of "https://old.example" may not send to this site' }],
    unknown: [],
  },
};

export const healthRoute = siteRoute(
  {
    method: 'GET',
    path: '/v1/sites/{site}/health',
    summary: 'What could not be counted, and why',
    description:
      'Records that failed are kept whole until they are played again (`npm run redrive`); none of them has touched a counter. ' +
      'What was refused at the door was never accepted: it is counted, with one sample for each reason. Visitors’ data are left out. ' +
      'What tells no site (`unattributed`, `unknown`) is the whole deployment’s: whoever may only read the site is told of none.',
    answer: {
      status: 200,
      description: 'Counts by reason, and the newest few.',
      schema: object({
        failed: failedCount,
        unattributed: failedCount,
        redriven: failedCount,
        samples: array(
          object({
            at: { ...instant, description: 'When the stream took it.' },
            reason: text(),
            message: text('Without the values that were found.'),
            shardId: text(),
            sequenceNumber: text(),
            bytes: count,
            config: orNull(count),
            events: array(object({ kind: text(), count })),
          }),
        ),
        refused: object({
          since: text('UTC date.'),
          site: refusedRows,
          unknown: refusedRows,
        }),
      }),
      example,
    },
  },
  {},
  async ({ site: { site }, right, now }, { archive, refusals }) => {
    const mayKnowAll = includes(right, 'write');
    const dates = [now - dayMs, now].map((at) => new Date(at).toISOString().slice(0, 10));
    const refused = async (of: string) => Promise.all(dates.map((date) => refusals.read(of, date))).then(sumOf);
    const [failed, unattributed, redriven, ofSite, ofUnknown] = await Promise.all([
      countFailed(archive, failedPrefix, site),
      mayKnowAll ? countFailed(archive, failedPrefix, unknownSite) : { keys: [], count: none },
      countFailed(archive, redrivenPrefix, site),
      refused(site),
      mayKnowAll ? refused(unknownSite) : [],
    ]);
    const samples = await sampleFailed(archive, failed.keys.length > 0 ? failed.keys : unattributed.keys);
    const json: HealthAnswer = {
      failed: failed.count,
      unattributed: unattributed.count,
      redriven: redriven.count,
      samples,
      refused: { since: dates[0] ?? '', site: ofSite, unknown: ofUnknown },
    };
    return { status: 200, json };
  },
);

/** Over the days, the newest sample of each code. Most first. */
function sumOf(days: Refusal[][]): RefusedRow[] {
  const rows = new Map<string, RefusedRow>();
  for (const { code, batches, sample } of days.flat()) {
    rows.set(code, { code, batches: batches + (rows.get(code)?.batches ?? 0), sample });
  }
  return [...rows.values()].sort((one, other) => other.batches - one.batches);
}
