/** Lambda's rules for a stream, one by one; each comment names the page of the Lambda developer guide that it is from. */
import { describe, expect, it } from 'vitest';
import {
  type Batch,
  backOffMs,
  dropExpired,
  type RetryRules,
  type ShardRecord,
  settle,
  verdictOf,
} from '../../../localstack/embedded/shard-batch.ts';

const record = (number: number): ShardRecord => ({
  sequenceNumber: String(number),
  partitionKey: 'p',
  data: '',
  arrivedAt: number * 1000,
});
const batch = (...numbers: number[]): Batch => ({ records: numbers.map(record), retries: 0 });
const numbersOf = (batches: Batch[]) => batches.map(({ records }) => records.map((one) => Number(one.sequenceNumber)));
const rules: RetryRules = { bisect: false, reportsFailures: true, retriesMax: -1, ageMsMax: -1 };
const failures = (...identifiers: unknown[]) =>
  JSON.stringify({ batchItemFailures: identifiers.map((itemIdentifier) => ({ itemIdentifier })) });

describe('what an answer means', () => {
  const { records } = batch(1, 2, 3);
  // services-kinesis-batchfailurereporting, "Success and failure conditions": complete success.
  it.each(['{"batchItemFailures":[]}', '{"batchItemFailures":null}', '{}', 'null'])('%s is success', (answer) => {
    expect(verdictOf(answer, records, rules)).toEqual({ kind: 'success' });
  });

  // The same section: complete failure.
  it.each([
    failures(''),
    failures(null),
    failures('999'),
    '{"batchItemFailures":[{"wrongKey":"2"}]}',
    '{"batchItemFailures":"2"}',
  ])('%s is failure of the whole batch', (answer) => {
    expect(verdictOf(answer, records, rules)).toEqual({ kind: 'failedFrom', index: 0 });
  });

  // The same page: "Lambda uses the lowest sequence number as the checkpoint".
  it('of several failures the lowest counts', () => {
    expect(verdictOf(failures('3', '2'), records, rules)).toEqual({ kind: 'failedFrom', index: 1 });
  });

  // The same page: it works only when the mapping lists ReportBatchItemFailures.
  it('is not looked at without ReportBatchItemFailures', () => {
    expect(verdictOf(failures('2'), records, { ...rules, reportsFailures: false })).toEqual({ kind: 'success' });
  });
});

describe('after an invocation', () => {
  it('a success moves the checkpoint past the batch', () => {
    expect(settle(batch(1, 2, 3), { kind: 'success' }, rules)).toEqual({ checkpoint: '3', retry: [] });
  });

  // services-kinesis-batchfailurereporting: "retries the batch from that checkpoint".
  it('a reported failure moves it to just before that record, and everything from there on comes again', () => {
    const next = settle(batch(1, 2, 3, 4), { kind: 'failedFrom', index: 2 }, rules);
    expect(next.checkpoint).toBe('2');
    expect(numbersOf(next.retry)).toEqual([[3, 4]]);
  });

  it('a failure of the first record moves nothing', () => {
    const next = settle(batch(1, 2), { kind: 'failedFrom', index: 0 }, rules);
    expect(next.checkpoint).toBeUndefined();
    expect(numbersOf(next.retry)).toEqual([[1, 2]]);
  });

  it('an error brings the whole batch again', () => {
    const next = settle(batch(1, 2, 3), { kind: 'error' }, rules);
    expect(next.checkpoint).toBeUndefined();
    expect(numbersOf(next.retry)).toEqual([[1, 2, 3]]);
  });

  // services-kinesis-create, "Split batch on error": in two, in order; "splitting a batch does not count towards the retry quota".
  it('an error with bisect brings two halves in order, at no cost of retries', () => {
    const next = settle(batch(1, 2, 3), { kind: 'error' }, { ...rules, bisect: true, retriesMax: 0 });
    expect(numbersOf(next.retry)).toEqual([[1, 2], [3]]);
    expect(next.retry.map(({ retries }) => retries)).toEqual([0, 0]);
    expect(next.discarded).toBeUndefined();
  });

  it('a single record is not split but tried again', () => {
    const next = settle(batch(7), { kind: 'error' }, { ...rules, bisect: true });
    expect(next.retry).toEqual([{ records: [record(7)], retries: 1 }]);
  });

  // services-kinesis-batchfailurereporting: with bisect too, "the batch is bisected at the returned sequence number".
  it('a reported failure with bisect is split at the record and nowhere else', () => {
    const next = settle(batch(1, 2, 3, 4, 5), { kind: 'failedFrom', index: 1 }, { ...rules, bisect: true });
    expect(numbersOf(next.retry)).toEqual([[2, 3, 4, 5]]);
  });

  // services-kinesis-parameters: MaximumRetryAttempts −1 is for ever.
  it('without a limit it is tried again however often it failed', () => {
    const next = settle({ records: [record(1)], retries: 10_000 }, { kind: 'error' }, rules);
    expect(next.discarded).toBeUndefined();
    expect(next.retry[0]?.retries).toBe(10_001);
  });

  // services-kinesis-errors: when the attempts are used up, the batch is discarded and processing goes on.
  it('after the last allowed retry the batch is given up', () => {
    const limited = { ...rules, retriesMax: 2 };
    const once = settle(batch(1, 2), { kind: 'error' }, limited);
    const twice = settle(once.retry[0] ?? batch(), { kind: 'error' }, limited);
    expect(twice.discarded).toBeUndefined();
    const thrice = settle(twice.retry[0] ?? batch(), { kind: 'error' }, limited);
    expect(thrice.retry).toEqual([]);
    expect(numbersOf(thrice.discarded ? [thrice.discarded] : [])).toEqual([[1, 2]]);
  });
});

describe('old records', () => {
  // services-kinesis-parameters: MaximumRecordAgeInSeconds −1 is for ever.
  it('are kept without a limit', () => {
    expect(dropExpired(batch(1, 2), rules, 1e12).expired).toEqual([]);
  });

  it('are taken from the front beyond the limit', () => {
    const { fresh, expired } = dropExpired(batch(1, 2, 3), { ...rules, ageMsMax: 1500 }, 4000);
    expect(numbersOf([fresh])).toEqual([[3]]);
    expect(expired.map(({ sequenceNumber }) => sequenceNumber)).toEqual(['1', '2']);
  });
});

it('waits longer from try to try, up to ten seconds', () => {
  expect([1, 2, 3, 50].map(backOffMs)).toEqual([100, 200, 400, 10_000]);
});
