/**
 * What becomes of a batch of one shard after its invocation. No clock, no I/O. Lambda's rules, as its guide has them:
 * https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-batchfailurereporting.html
 * https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-parameters.html
 */
export interface ShardRecord {
  sequenceNumber: string;
  partitionKey: string;
  /** Base64. */
  data: string;
  /** ms since the epoch. */
  arrivedAt: number;
}

export interface Batch {
  records: ShardRecord[];
  /** Invocations that count as retries so far. */
  retries: number;
}

export interface RetryRules {
  /** `BisectBatchOnFunctionError` */
  bisect: boolean;
  /** The mapping lists `ReportBatchItemFailures`; without it the function's answer is not looked at. */
  reportsFailures: boolean;
  /** `MaximumRetryAttempts`; −1: for ever. */
  retriesMax: number;
  /** `MaximumRecordAgeInSeconds` in ms; −1: for ever. */
  ageMsMax: number;
}

/** How an invocation went: all well, an error of the function, or the index of the first record that it reports as failed. */
export type Verdict = { kind: 'success' } | { kind: 'error' } | { kind: 'failedFrom'; index: number };

export interface Next {
  /** Everything up to here is done with; undefined: nothing new is. */
  checkpoint?: string;
  /** To be invoked now, in this order, before anything newer of the shard. */
  retry: Batch[];
  /** Given up. */
  discarded?: Batch;
}

/** @param answer what the handler returned, as JSON. */
export function verdictOf(answer: string, records: ShardRecord[], rules: RetryRules): Verdict {
  if (!rules.reportsFailures) return { kind: 'success' };
  const failures = (JSON.parse(answer) as { batchItemFailures?: unknown } | null)?.batchItemFailures;
  // An empty list, null, or no such field is success.
  if (failures === undefined || failures === null) return { kind: 'success' };
  if (!Array.isArray(failures)) return { kind: 'failedFrom', index: 0 };
  let lowest = records.length;
  for (const failure of failures as ({ itemIdentifier?: unknown } | null)[]) {
    const index = records.findIndex(({ sequenceNumber }) => sequenceNumber === failure?.itemIdentifier);
    // "An empty string itemIdentifier", "a null itemIdentifier" or "a bad key name": the whole batch is a failure.
    if (index < 0) return { kind: 'failedFrom', index: 0 };
    lowest = Math.min(lowest, index);
  }
  return lowest === records.length ? { kind: 'success' } : { kind: 'failedFrom', index: lowest };
}

/** Retries are counted for a batch that is sent again as it was: a part of one begins anew ("splitting does not use up the quota"). */
export function settle(batch: Batch, verdict: Verdict, rules: RetryRules): Next {
  const { records } = batch;
  if (verdict.kind === 'success') return { ...upTo(records, records.length), retry: [] };
  // "Lambda retries from the lowest returned sequence number": what is before it is done, and the batch is split there.
  const index = verdict.kind === 'failedFrom' ? verdict.index : 0;
  if (index > 0) return { ...upTo(records, index), retry: [{ records: records.slice(index), retries: 0 }] };
  // Nothing of it is done: that is a failure of the whole batch, whether the function threw or reported it.
  if (rules.bisect && records.length > 1) {
    const middle = Math.ceil(records.length / 2);
    const halves = [records.slice(0, middle), records.slice(middle)];
    return { retry: halves.map((half) => ({ records: half, retries: 0 })) };
  }
  const again: Batch = { records, retries: batch.retries + 1 };
  if (rules.retriesMax >= 0 && again.retries > rules.retriesMax) return { retry: [], discarded: again };
  return { retry: [again] };
}

/** Takes from the front what is too old to be sent to the function. */
export function dropExpired(batch: Batch, rules: RetryRules, now: number): { fresh: Batch; expired: ShardRecord[] } {
  if (rules.ageMsMax < 0) return { fresh: batch, expired: [] };
  const firstFresh = batch.records.findIndex(({ arrivedAt }) => now - arrivedAt <= rules.ageMsMax);
  const cut = firstFresh < 0 ? batch.records.length : firstFresh;
  return { fresh: { ...batch, records: batch.records.slice(cut) }, expired: batch.records.slice(0, cut) };
}

/** Before the next try. AWS waits longer each time, too; it does not say how long. */
export function backOffMs(failuresInARow: number): number {
  return Math.min(10_000, 100 * 2 ** Math.min(10, failuresInARow - 1));
}

function upTo(records: ShardRecord[], count: number): { checkpoint?: string } {
  const last = records[count - 1];
  return last ? { checkpoint: last.sequenceNumber } : {};
}
