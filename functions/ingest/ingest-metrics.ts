import type { MetricProperties, MetricValues } from '../metrics.ts';
import type { IngestOutcome } from './ingest.ts';

/** What a request adds to the function's metrics, and what its line in the log tells beside them. */
export function metricsOf(outcome: IngestOutcome): { values: MetricValues<'ingest'>; properties: MetricProperties } {
  switch (outcome.what) {
    case 'accepted': {
      const { eventCount, batch } = outcome;
      // A zero tells the alarm at once that it is over: of silence it would wait for all that it looks back on.
      return { values: { acceptedBatches: 1, acceptedEvents: eventCount, unavailable: 0 }, properties: { batch } };
    }
    case 'left-out':
      return { values: {}, properties: { leftOutEvents: outcome.eventCount } };
    case 'bot':
      return { values: {}, properties: { botEvents: outcome.eventCount, code: outcome.code } };
    case 'rejected':
      return { values: { rejected: 1 }, properties: { code: outcome.rejection.code } };
  }
}
