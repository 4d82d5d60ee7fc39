/**
 * Lambda's promises for a Kinesis stream, one by one, each beside the sentence of AWS's documentation that makes it.
 * Pages of the Lambda developer guide (https://docs.aws.amazon.com/lambda/latest/dg/<name>.html):
 *   [report]      services-kinesis-batchfailurereporting
 *   [failure]     kinesis-on-failure-destination
 *   [parameters]  services-kinesis-parameters
 *   [polling]     with-kinesis
 *   [mapping]     invocation-eventsourcemapping
 * [api] is https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html.
 * "Observed" is what AWS was seen to do where no page says it (documents that AWS itself had written to a destination).
 */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { crash, failedAt, recordAt, recordsOf, returned, runShard, success, throttled } from './event-source-shard.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }));
afterEach(() => void vi.useRealTimers());

describe('success', () => {
  // [report] "Lambda treats a batch as a complete success if you return any of the following: An empty batchItemFailure list,
  // A null batchItemFailure list, An empty EventResponse, A null EventResponse". Observed also for '' and [].
  it.each([[{ batchItemFailures: [] }], [{ batchItemFailures: null }], [{}], [null], [''], [[]]])(
    'is %j',
    async (value) => {
      const run = await runShard({ records: recordsOf(1, 2), answer: () => returned(value) });
      expect([run.batches, run.checkpoints]).toEqual([[[1, 2]], [2]]);
    },
  );

  // [report] "by default Lambda checkpoints to the highest sequence number of a batch only when the batch is a complete success"
  it('moves the checkpoint to the highest number of the batch', async () => {
    const run = await runShard({ records: recordsOf(1, 2, 3), answer: () => success, batchSize: 2 });
    expect(run.log).toEqual(['invoke 1,2', 'checkpoint 2', 'invoke 3', 'checkpoint 3']);
  });
});

describe('failure of a whole batch', () => {
  // [report] "Lambda treats a batch as a complete failure if you return any of the following: An empty string itemIdentifier,
  // A null itemIdentifier, An itemIdentifier with a bad key name". Observed also for a number that is not in the batch.
  it.each([
    ['an empty string', [{ itemIdentifier: '' }]],
    ['null', [{ itemIdentifier: null }]],
    ['a bad key name', [{ foo: '2' }]],
    ['a bad key name with null', [{ foo: null }]],
    ['a number that is not in the batch', [{ itemIdentifier: '999' }]],
    ['a number and not a text', [{ itemIdentifier: 2 }]],
    ['a good identifier beside an empty one', [{ itemIdentifier: '2' }, { itemIdentifier: '' }]],
  ])('is reported by %s', async (_what, batchItemFailures) => {
    const answer = (_numbers: number[], invocation: number) =>
      invocation === 1 ? returned({ batchItemFailures }) : success;
    const run = await runShard({ records: recordsOf(1, 2, 3), answer });
    expect(run.log).toEqual(['invoke 1,2,3', 'invoke 1,2,3', 'checkpoint 3']);
  });

  // [report] "Lambda treats all other results as a complete failure and retries processing the batch"
  it('is an error of the function: everything comes again and nothing is passed over', async () => {
    const run = await runShard({
      records: recordsOf(1, 2),
      answer: (_numbers, invocation) => (invocation === 1 ? crash : success),
    });
    expect(run.log).toEqual(['invoke 1,2', 'invoke 1,2', 'checkpoint 2']);
  });

  // [report] "these responses will not be processed by Lambda unless the ReportBatchItemFailures feature is explicitly turned on"
  it('is not read from the answer of a mapping without ReportBatchItemFailures', async () => {
    const run = await runShard({
      records: recordsOf(1, 2),
      answer: () => failedAt(1),
      rules: { reportsFailures: false },
    });
    expect(run.log).toEqual(['invoke 1,2', 'checkpoint 2']);
  });
});

describe('a reported record', () => {
  // [report] "Lambda then retries all records starting from that checkpoint."
  it('and all after it come again; what is before it is done with', async () => {
    const run = await runShard({
      records: recordsOf(1, 2, 3, 4),
      answer: (_numbers, invocation) => (invocation === 1 ? failedAt(3) : success),
    });
    expect(run.log).toEqual(['invoke 1,2,3,4', 'checkpoint 2', 'invoke 3,4', 'checkpoint 4']);
  });

  // [report] "If the batchItemFailures array contains multiple items, Lambda uses the record with the lowest sequence number
  // as the checkpoint."
  it.each([[[4, 2, 3]], [[2, 4]], [[4, 2, 2]]])('is the lowest of several: %j', async (failed) => {
    const run = await runShard({
      records: recordsOf(1, 2, 3, 4),
      answer: (_numbers, invocation) => (invocation === 1 ? failedAt(...failed) : success),
    });
    expect(run.batches).toEqual([
      [1, 2, 3, 4],
      [2, 3, 4],
    ]);
  });

  // The same; numbers have 56 digits and no leading zeros, so texts compare as numbers only when they are as long as each other.
  it('is the lowest by number and not by text', async () => {
    const run = await runShard({
      records: recordsOf(8, 9, 10, 11),
      answer: (_numbers, invocation) => (invocation === 1 ? failedAt(10, 9) : success),
    });
    expect(run.batches[1]).toEqual([9, 10, 11]);
  });
});

describe('BisectBatchOnFunctionError', () => {
  const poison = (numbers: number[]) => (numbers.includes(5) ? crash : success);

  // [failure] "splits a failed batch into two smaller batches, isolating bad records"
  it('splits a failed batch in two, in order, until the bad record stands alone', async () => {
    const run = await runShard({
      records: recordsOf(1, 2, 3, 4, 5, 6, 7, 8),
      answer: poison,
      rules: { bisect: true, retriesMax: 0 },
    });
    expect(run.batches).toEqual([[1, 2, 3, 4, 5, 6, 7, 8], [1, 2, 3, 4], [5, 6, 7, 8], [5, 6], [5], [6], [7, 8]]);
    expect(run.givenUp.map(({ records }) => records.map(({ sequenceNumber }) => sequenceNumber))).toEqual([['5']]);
    expect(run.checkpoints).toEqual([4, 5, 6, 8]);
  });

  // [failure] "Splitting batches doesn't consume the retry quota."
  it('does not use up retries', async () => {
    const run = await runShard({
      records: recordsOf(4, 5),
      answer: poison,
      rules: { bisect: true, retriesMax: 2 },
    });
    expect(run.batches).toEqual([[4, 5], [4], [5], [5], [5]]);
  });

  // [report] "If your invocation fails and BisectBatchOnFunctionError is turned on, the batch is bisected regardless of your
  // ReportBatchItemFailures setting."
  it.each([true, false])(
    'does so when the function throws, with ReportBatchItemFailures %s',
    async (reportsFailures) => {
      const run = await runShard({
        records: recordsOf(1, 2, 3, 5),
        answer: (_numbers, invocation) => (invocation === 1 ? crash : success),
        rules: { bisect: true, reportsFailures },
      });
      expect(run.batches).toEqual([
        [1, 2, 3, 5],
        [1, 2],
        [3, 5],
      ]);
    },
  );

  // [report] "the batch is bisected at the returned sequence number and Lambda retries only the remaining records"
  it('splits at the reported number where part of the batch was done', async () => {
    const run = await runShard({
      records: recordsOf(1, 2, 3, 4, 5, 6),
      answer: (_numbers, invocation) => (invocation === 1 ? failedAt(3) : success),
      rules: { bisect: true },
    });
    expect(run.batches).toEqual([
      [1, 2, 3, 4, 5, 6],
      [3, 4, 5, 6],
    ]);
  });

  // [report] has no word on a batch of which the first record failed, where there is nothing to split off. Observed: it is split
  // as after an error, and only the record that fails by itself reaches the destination.
  it('splits in two where the first record is reported', async () => {
    const run = await runShard({
      records: recordsOf(1, 2, 3, 4),
      answer: (numbers) => (numbers.includes(2) ? failedAt(2) : success),
      rules: { bisect: true, retriesMax: 1 },
    });
    expect(run.batches).toEqual([[1, 2, 3, 4], [2, 3, 4], [2, 3], [2], [2], [3], [4]]);
    expect(run.givenUp.map(({ records }) => records.length)).toEqual([1]);
  });

  // [parameters] BisectBatchOnFunctionError: "false" by default.
  it('is off by default: a failed batch comes again whole', async () => {
    const run = await runShard({
      records: recordsOf(4, 5),
      answer: (_numbers, invocation) => (invocation < 3 ? crash : success),
    });
    expect(run.batches).toEqual([
      [4, 5],
      [4, 5],
      [4, 5],
    ]);
  });
});

describe('MaximumRetryAttempts', () => {
  // [failure] Lambda retries until the records "reach the configured retry quota … discards the records and continues processing
  // batches from the stream".
  it('gives a batch up after the first try and that many retries, and goes on', async () => {
    const run = await runShard({
      records: recordsOf(1, 2, 3),
      answer: (numbers) => (numbers.includes(1) ? crash : success),
      batchSize: 2,
      rules: { retriesMax: 2 },
    });
    expect(run.log).toEqual([
      'invoke 1,2',
      'invoke 1,2',
      'invoke 1,2',
      'discard 1,2',
      'checkpoint 2',
      'invoke 3',
      'checkpoint 3',
    ]);
  });

  // Observed (three records, the last of them fails, three retries): invoked once with all and four times with the last alone.
  it('is counted anew for what is left when a part of a batch is done', async () => {
    const run = await runShard({
      records: recordsOf(3, 4, 5),
      answer: () => failedAt(5),
      rules: { retriesMax: 3 },
    });
    expect(run.batches).toEqual([[3, 4, 5], [5], [5], [5], [5]]);
    expect(run.givenUp[0]).toMatchObject({ invocations: 4, isFunctionError: false });
  });

  // [parameters] "-1 means infinite: failed records are retried until the record expires"
  it('of −1 never gives up', async () => {
    const run = await runShard({
      records: recordsOf(1),
      answer: (_numbers, invocation) => (invocation <= 500 ? crash : success),
    });
    expect([run.batches.length, run.givenUp, run.checkpoints]).toEqual([501, [], [1]]);
  });

  // [mapping] "Service errors or throttles where the batch does not reach your function do not count toward retry attempts."
  it('is not used up by throttling', async () => {
    const run = await runShard({
      records: recordsOf(1, 2),
      answer: (_numbers, invocation) => (invocation <= 20 ? throttled : invocation === 21 ? crash : success),
      rules: { retriesMax: 1, bisect: false },
    });
    expect([run.batches.length, run.givenUp, run.checkpoints]).toEqual([22, [], [2]]);
  });

  // [failure] "unable to invoke the function due to throttling": that is no function error, so nothing is split either.
  it('and bisect leave a throttled batch whole', async () => {
    const run = await runShard({
      records: recordsOf(1, 2),
      answer: (_numbers, invocation) => (invocation === 1 ? throttled : success),
      rules: { bisect: true },
    });
    expect(run.batches).toEqual([
      [1, 2],
      [1, 2],
    ]);
  });
});

describe('MaximumRecordAgeInSeconds', () => {
  const minute = 60_000;

  // [api] "Discard records older than the specified age."
  it('keeps records older than that from the function', async () => {
    const records = [recordAt(1, -2 * minute), recordAt(2, -minute - 1), recordAt(3, -minute), recordAt(4)];
    const run = await runShard({ records, answer: () => success, rules: { ageMsMax: minute } });
    expect(run.log).toEqual(['discard 1,2', 'checkpoint 2', 'invoke 3,4', 'checkpoint 4']);
    expect(run.givenUp[0]).toMatchObject({ condition: 'RecordAgeExceeded' });
  });

  // [failure] "If the function is invoked but returns an error, Lambda retries until the records expire, exceed the maximum age …"
  it('ends the retries of a batch, record by record', async () => {
    const records = [recordAt(1, -minute / 2), recordAt(2)];
    const run = await runShard({ records, answer: () => crash, rules: { ageMsMax: minute } });
    expect(run.givenUp.map((one) => [one.condition, one.records.map(({ sequenceNumber }) => sequenceNumber)])).toEqual([
      ['RecordAgeExceeded', ['1']],
      ['RecordAgeExceeded', ['2']],
    ]);
    expect(run.invocations.filter(({ numbers }) => numbers.includes(1)).every(({ at }) => at <= minute / 2)).toBe(true);
    expect(run.invocations.every(({ at }) => at <= minute)).toBe(true);
  });

  // [failure] "Before invocation: If a Lambda event source mapping is unable to invoke the function due to throttling … it retries
  // until the records expire or exceed the maximum age".
  it('ends the wait for a throttled function', async () => {
    const run = await runShard({ records: recordsOf(1), answer: () => throttled, rules: { ageMsMax: minute } });
    expect(run.givenUp).toMatchObject([{ condition: 'RecordAgeExceeded' }]);
  });

  // [parameters] "-1 means infinite: Lambda doesn't discard records"
  it('of −1 discards nothing, however old', async () => {
    const run = await runShard({ records: [recordAt(1, -365 * 24 * 60 * minute)], answer: () => success });
    expect(run.log).toEqual(['invoke 1', 'checkpoint 1']);
  });
});

describe('order', () => {
  // [mapping] "To ensure in-order processing, the event source mapping pauses processing for the affected shard until the error is
  // resolved."
  it('nothing newer of the shard is handed over before the failed is done', async () => {
    const run = await runShard({
      records: recordsOf(1, 2, 3, 4, 5, 6),
      answer: (numbers, invocation) => (numbers.includes(2) && invocation < 6 ? failedAt(2) : success),
      batchSize: 3,
    });
    const firstWithFour = run.batches.findIndex((numbers) => numbers.includes(4));
    const lastWithTwo = run.batches.findLastIndex((numbers) => numbers.includes(2));
    expect(lastWithTwo).toBeLessThan(firstWithFour);
    expect(run.checkpoints).toEqual([...run.checkpoints].sort((one, other) => one - other));
  });

  // [polling] "It processes one batch of records at a time from each shard." With bisect, too, the second half waits for the first.
  it('of two halves the second waits until the first is done or given up', async () => {
    const run = await runShard({
      records: recordsOf(1, 2, 3, 4),
      answer: (numbers) => (numbers.includes(1) ? crash : success),
      rules: { bisect: true, retriesMax: 1 },
    });
    expect(run.log).toEqual([
      'invoke 1,2,3,4',
      'invoke 1,2',
      'invoke 1',
      'invoke 1',
      'discard 1',
      'checkpoint 1',
      'invoke 2',
      'checkpoint 2',
      'invoke 3,4',
      'checkpoint 4',
    ]);
  });
});

describe('batches', () => {
  // [parameters] BatchSize 100 by default; [polling] "until it has gathered a full batch".
  it('have at most BatchSize records', async () => {
    const records = recordsOf(...Array.from({ length: 25 }, (_, index) => index + 1));
    const run = await runShard({ records, answer: () => success, batchSize: 10 });
    expect(run.batches.map(({ length }) => length)).toEqual([10, 10, 5]);
  });

  // [polling] "By default, Lambda invokes your function as soon as records are available. If the batch that Lambda reads from the
  // event source has only one record in it, Lambda sends only one record to the function."
  it('are handed over at once without a window, even of one record', async () => {
    const run = await runShard({ records: [recordAt(1), recordAt(2, 5_000)], answer: () => success });
    expect(run.batches).toEqual([[1], [2]]);
    expect(run.invocations[0]?.at).toBe(0);
  });

  // [polling] "Before invoking the function, Lambda continues to read records from the event source until it has gathered a full
  // batch, the batching window expires, or the batch reaches the payload limit of 6 MB."
  it('gather until the window has passed', async () => {
    const records = [recordAt(1), recordAt(2, 4_000), recordAt(3, 9_000), recordAt(4, 30_000)];
    const run = await runShard({ records, answer: () => success, windowMs: 10_000 });
    expect(run.batches[0]).toEqual([1, 2, 3]);
    expect(run.invocations[0]?.at).toBeGreaterThanOrEqual(10_000);
    expect(run.invocations[0]?.at).toBeLessThan(11_500);
  });

  it('do not wait for the window when they are full', async () => {
    const records = [recordAt(1), recordAt(2), recordAt(3), recordAt(4, 60_000)];
    const run = await runShard({ records, answer: () => success, windowMs: 10_000, batchSize: 3 });
    expect(run.invocations[0]).toMatchObject({ numbers: [1, 2, 3], at: 0 });
  });

  it('do not wait for the window when they reach 6 MB, and never have more', async () => {
    const megabyte = 'x'.repeat(1_398_104);
    const records = Array.from({ length: 10 }, (_, index) => recordAt(index + 1, 0, megabyte));
    records.push(recordAt(11, 120_000));
    const run = await runShard({ records, answer: () => success, windowMs: 60_000 });
    expect(run.batches.slice(0, 2)).toEqual([
      [1, 2, 3, 4],
      [5, 6, 7, 8],
    ]);
    expect(run.invocations[0]?.at).toBe(0);
    for (const { bytes } of run.invocations) expect(bytes).toBeLessThanOrEqual(6 * 1024 * 1024);
  });

  it('stay below 6 MB with small records of long keys, too', async () => {
    const records = Array.from({ length: 10_000 }, (_, index) => ({
      ...recordAt(index + 1, 0, 'eA=='),
      sequenceNumber: `49${String(index + 1).padStart(54, '0')}`,
      partitionKey: '€'.repeat(256),
    }));
    const run = await runShard({ records, answer: () => success, batchSize: 10_000 });
    expect(run.batches.flat()).toHaveLength(10_000);
    for (const { bytes } of run.invocations) expect(bytes).toBeLessThanOrEqual(6 * 1024 * 1024);
  });
});

describe('what is given up', () => {
  // Observed: `functionError` is "Unhandled" after an error, and null where the function reported records as failed.
  it.each([
    ['an error', crash, true],
    ['reported records', failedAt(1), false],
  ])('tells %s from the other', async (_what, answer, isFunctionError) => {
    const run = await runShard({ records: recordsOf(1), answer: () => answer, rules: { retriesMax: 0 } });
    expect(run.givenUp).toMatchObject([{ condition: 'RetryAttemptsExhausted', isFunctionError, invocations: 1 }]);
  });

  // [failure] "the payload field contains the original invocation record": of the very records that are given up.
  it('is told with the event of exactly these records', async () => {
    const run = await runShard({
      records: [recordAt(1, -100_000), recordAt(2), recordAt(3)],
      answer: () => failedAt(3),
      rules: { ageMsMax: 60_000, retriesMax: 1 },
    });
    expect(run.givenUp).toHaveLength(2);
    for (const { payload, records } of run.givenUp) {
      const event = JSON.parse(payload) as { Records: { kinesis: { sequenceNumber: string; data: string } }[] };
      expect(event.Records.map(({ kinesis }) => [kinesis.sequenceNumber, kinesis.data])).toEqual(
        records.map(({ sequenceNumber, data }) => [sequenceNumber, data]),
      );
    }
  });

  // Nothing is lost if the embedded cloud ends in between.
  it('is passed over only when it is kept', async () => {
    const run = await runShard({ records: recordsOf(1), answer: () => crash, rules: { retriesMax: 0 } });
    expect(run.log).toEqual(['invoke 1', 'discard 1', 'checkpoint 1']);
  });
});
