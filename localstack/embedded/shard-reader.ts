import type { GivenUp } from './discarded-records.ts';
import { countWithin, kinesisEvent } from './kinesis-event.ts';
import type { Outcome } from './lambda-instance.ts';
import {
  type Batch,
  backOffMs,
  dropExpired,
  type RetryRules,
  type ShardRecord,
  settle,
  type Verdict,
  verdictOf,
} from './shard-batch.ts';
import type { ShardFeed } from './shard-feed.ts';

export interface ShardReaderOptions {
  shard: string;
  streamArn: string;
  feed: ShardFeed;
  batchSize: number;
  /** `MaximumBatchingWindowInSeconds` in ms. */
  windowMs: number;
  rules: RetryRules;
  invoke(payload: string): Promise<Outcome>;
  /** Told before each invocation how long the newest of its records has waited. */
  iteratorAge?(ms: number): void;
  checkpoint(after: string): void;
  /** Must have kept the records when it resolves: only then are they passed over. */
  discard(givenUp: GivenUp): Promise<void>;
  /** How many writes to the stream are known of. */
  writes(): number;
  /** Waits for `ms`, or less when the mapping closes or, if `writesSeen` is given, when there are more writes than that. */
  pause(ms: number, writesSeen?: number): Promise<void>;
  stopped(): boolean;
  report(message: string): void;
}

/** Without news of a write, a shard is looked at this often. */
const idleMs = 500;
/**
 * A shard is not read more often than this while it keeps up. AWS reads once a second (https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html),
 * and each reading costs a message to every dashboard; here none is billed, and of an event's way to the screen this is the longest wait.
 */
const readMsMin = 300;
/** While a batching window is open: a share of it, within bounds. */
const gatherShare = 1 / 20;
const gatherMsMin = 100;
const gatherMsMax = 1_000;
/** Lambda's payload. */
const payloadBytesMax = 6 * 1024 * 1024;

/** Reads one shard to its end, or until stopped: one batch at a time, in order. Resolves to whether the end was reached. */
export async function readShard(options: ShardReaderOptions): Promise<boolean> {
  const buffer = new BatchBuffer(options);
  let pending: Batch[] = [];
  let failures = 0;
  while (!options.stopped()) {
    const next = pending.shift() ?? (await buffer.next());
    if (next === null) return true;
    if (next.records.length === 0) continue;
    const batch = await withoutExpired(next, options);
    if (batch.records.length === 0) continue;
    const payload = kinesisEvent(options.shard, options.streamArn, batch.records);
    options.iteratorAge?.(Math.max(0, Date.now() - (batch.records.at(-1)?.arrivedAt ?? Date.now())));
    const outcome = await options.invoke(payload);
    if (options.stopped() && outcome.kind !== 'value') return false;
    // Throttling is no error of the function: it is tried again without counting.
    const verdict = outcome.kind === 'throttled' ? 'throttled' : verdictFrom(outcome, batch.records, options.rules);
    const step = verdict === 'throttled' ? { retry: [batch] } : settle(batch, verdict, options.rules);
    if ('discarded' in step && step.discarded) {
      await keepDiscarded(step.discarded, { payload, isFunctionError: outcome.kind === 'error' }, options);
    } else if ('checkpoint' in step && step.checkpoint) options.checkpoint(step.checkpoint);
    pending = [...step.retry, ...pending];
    failures = step.retry.length > 0 ? failures + 1 : 0;
    if (failures > 0) {
      options.report(`${options.shard}: ${describe(outcome)}, try ${failures}`);
      await options.pause(backOffMs(failures));
    }
  }
  return false;
}

function verdictFrom(outcome: Outcome, records: ShardRecord[], rules: RetryRules): Verdict {
  return outcome.kind === 'value' ? verdictOf(outcome.payload, records, rules) : { kind: 'error' };
}

function describe(outcome: Outcome): string {
  if (outcome.kind === 'throttled') return 'throttled';
  return outcome.kind === 'error' ? outcome.payload.slice(0, 500) : 'records were reported as failed';
}

async function withoutExpired(batch: Batch, options: ShardReaderOptions): Promise<Batch> {
  const { fresh, expired } = dropExpired(batch, options.rules, Date.now());
  const last = expired.at(-1);
  if (last) {
    const payload = kinesisEvent(options.shard, options.streamArn, expired);
    await options.discard({
      records: expired,
      condition: 'RecordAgeExceeded',
      isFunctionError: false,
      // Lambda counts the one that it has not made.
      invocations: batch.retries + 1,
      payload,
    });
    options.checkpoint(last.sequenceNumber);
  }
  return fresh;
}

async function keepDiscarded(
  { records, retries }: Batch,
  last: Pick<GivenUp, 'payload' | 'isFunctionError'>,
  options: ShardReaderOptions,
): Promise<void> {
  await options.discard({ ...last, records, condition: 'RetryAttemptsExhausted', invocations: retries });
  const newest = records.at(-1);
  if (newest) options.checkpoint(newest.sequenceNumber);
}

/** Gathers what has been read into batches. */
class BatchBuffer {
  private readonly options: ShardReaderOptions;
  private records: ShardRecord[] = [];
  private ended = false;
  private failures = 0;
  private takenAt = 0;
  private wasFull = false;

  constructor(options: ShardReaderOptions) {
    this.options = options;
  }

  /**
   * The next batch; when stopped, what an open window holds; null at the shard's end. A window counts from the first record in it.
   */
  async next(): Promise<Batch | null> {
    const { batchSize, windowMs, pause, stopped } = this.options;
    const gatherMs = Math.min(gatherMsMax, Math.max(gatherMsMin, windowMs * gatherShare));
    let until = this.records.length > 0 ? Date.now() + windowMs : Number.POSITIVE_INFINITY;
    while (!stopped()) {
      const writesSeen = this.options.writes();
      const early = this.takenAt + readMsMin - Date.now();
      if (early > 0 && !this.wasFull && !this.ended) await pause(early);
      if (!this.ended && this.records.length < batchSize) await this.fill();
      if (this.records.length > 0) until = Math.min(until, Date.now() + windowMs);
      const full = this.records.length >= batchSize || this.ended || this.fillsPayload();
      if (this.records.length > 0 && (full || Date.now() >= until)) return { records: this.take(), retries: 0 };
      if (this.ended) return null;
      if (this.records.length === 0) await pause(idleMs, writesSeen);
      else await pause(Math.min(gatherMs, Math.max(0, until - Date.now())));
    }
    // Lambda never stops. Here the next start may be days away, and the stream has then forgotten what waited for its window.
    if (windowMs > 0) await this.fill();
    return { records: windowMs > 0 ? this.take() : [], retries: 0 };
  }

  private fillsPayload(): boolean {
    return countWithin(this.records, payloadBytesMax) < this.records.length;
  }

  private take(): ShardRecord[] {
    const candidates = this.records.slice(0, this.options.batchSize);
    const count = countWithin(candidates, payloadBytesMax);
    this.records = this.records.slice(count);
    this.takenAt = Date.now();
    this.wasFull = count === this.options.batchSize;
    return candidates.slice(0, count);
  }

  private async fill(): Promise<void> {
    const { feed, batchSize, report, shard, pause } = this.options;
    try {
      const found = await feed.read(batchSize - this.records.length);
      this.failures = 0;
      if (found === null) this.ended = true;
      else this.records.push(...found);
    } catch (error) {
      if (this.options.stopped()) return;
      this.failures += 1;
      report(`${shard}: can't read: ${error}`);
      await pause(backOffMs(this.failures));
    }
  }
}
