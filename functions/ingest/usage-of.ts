import type { Usage } from '../contract/usage.ts';
import type { IngestOutcome } from './ingest.ts';

/** What a request used: AWS bills those that were refused, too. */
export function usageOf(outcome: IngestOutcome, requestBytes: number): Usage {
  if (outcome.what !== 'accepted') return { requests: 1, requestBytes };
  return { requests: 1, requestBytes, records: 1, events: outcome.eventCount };
}
