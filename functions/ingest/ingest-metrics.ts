import type { MetricUnit } from '../metrics.ts';
import type { IngestOutcome } from './ingest.ts';

export type Metrics = Record<string, [value: number, unit: MetricUnit]>;

/** What a request adds to the function's metrics. `Rejected` is what an alarm looks at, `Rejected_<code>` says why. */
export function metricsOf(outcome: IngestOutcome): Metrics {
  switch (outcome.what) {
    case 'accepted':
      return { AcceptedBatches: [1, 'Count'], AcceptedEvents: [outcome.eventCount, 'Count'] };
    case 'bot':
      return { BotBatches: [1, 'Count'], BotEvents: [outcome.eventCount, 'Count'] };
    case 'rejected':
      return { Rejected: [1, 'Count'], [`Rejected_${outcome.rejection.code}`]: [1, 'Count'] };
  }
}

/** A store or the stream failed, and the sender was asked to come back. */
export const unavailableMetrics: Metrics = { Unavailable: [1, 'Count'] };
