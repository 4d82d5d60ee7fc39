/** One shard, read as the embedded cloud reads it, on a clock that only its waits move. */
import { vi } from 'vitest';
import type { GivenUp } from '../../../localstack/embedded/discarded-records.ts';
import type { Outcome } from '../../../localstack/embedded/lambda-instance.ts';
import type { RetryRules, ShardRecord } from '../../../localstack/embedded/shard-batch.ts';
import type { ShardFeed } from '../../../localstack/embedded/shard-feed.ts';
import { readShard } from '../../../localstack/embedded/shard-reader.ts';

export const startedAt = Date.parse('2026-11-23T12:00:00Z');

export interface Invocation {
  numbers: number[];
  /** ms since the start. */
  at: number;
  bytes: number;
}

export interface ShardRun {
  invocations: Invocation[];
  /** The numbers of each invocation. */
  batches: number[][];
  checkpoints: number[];
  givenUp: GivenUp[];
  /** What the function was given and what was moved past, in the order in which it happened. */
  log: string[];
}

export interface Given {
  records: ShardRecord[];
  answer(numbers: number[], invocation: number): Outcome;
  batchSize?: number;
  windowMs?: number;
  rules?: Partial<RetryRules>;
}

export const success: Outcome = { kind: 'value', payload: '{"batchItemFailures":[]}' };
export const crash: Outcome = { kind: 'error', payload: '{"errorType":"Error"}' };
export const throttled: Outcome = { kind: 'throttled' };
export const returned = (value: unknown): Outcome => ({ kind: 'value', payload: JSON.stringify(value) });
export const failedAt = (...numbers: number[]): Outcome =>
  returned({ batchItemFailures: numbers.map((number) => ({ itemIdentifier: String(number) })) });

/** @param afterMs when the stream took it, ms after the start; before it where negative. */
export function recordAt(number: number, afterMs = 0, data = btoa(String(number))): ShardRecord {
  return { sequenceNumber: String(number), partitionKey: 'p', data, arrivedAt: startedAt + afterMs };
}
export const recordsOf = (...numbers: number[]): ShardRecord[] => numbers.map((number) => recordAt(number));

/** Reads the records, which are all that the shard will ever have. `vi.useFakeTimers({ toFake: ['Date'] })` must hold. */
export async function runShard({ records, answer, batchSize = 100, windowMs = 0, rules }: Given): Promise<ShardRun> {
  vi.setSystemTime(startedAt);
  const run: ShardRun = { invocations: [], batches: [], checkpoints: [], givenUp: [], log: [] };
  await readShard({
    shard: 'shardId-000000000001',
    streamArn: 'arn:aws:kinesis:us-east-1:000000000000:stream/s',
    feed: feedOf(records),
    batchSize,
    windowMs,
    rules: { bisect: false, reportsFailures: true, retriesMax: -1, ageMsMax: -1, ...rules },
    async invoke(payload) {
      const event = JSON.parse(payload) as { Records: { kinesis: { sequenceNumber: string } }[] };
      const numbers = event.Records.map(({ kinesis }) => Number(kinesis.sequenceNumber));
      run.invocations.push({ numbers, at: Date.now() - startedAt, bytes: Buffer.byteLength(payload) });
      run.batches.push(numbers);
      run.log.push(`invoke ${numbers}`);
      return answer(numbers, run.batches.length);
    },
    checkpoint(after) {
      run.checkpoints.push(Number(after));
      run.log.push(`checkpoint ${after}`);
    },
    async discard(givenUp) {
      run.givenUp.push(givenUp);
      run.log.push(`discard ${givenUp.records.map(({ sequenceNumber }) => sequenceNumber)}`);
    },
    writes: () => 0,
    async pause(ms) {
      vi.setSystemTime(Date.now() + ms);
    },
    stopped: () => false,
    report: () => {},
  });
  return run;
}

/** Hands out what has arrived by now; the shard ends after the last. */
function feedOf(records: ShardRecord[]): ShardFeed {
  let next = 0;
  return {
    async read(count) {
      if (next === records.length) return null;
      const arrived = records.filter(({ arrivedAt }) => arrivedAt <= Date.now()).length;
      const found = records.slice(next, Math.min(arrived, next + count));
      next += found.length;
      return found;
    },
  };
}
