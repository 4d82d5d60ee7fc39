import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Checkpoints } from '../../../localstack/embedded/checkpoints.ts';
import { type EventSourceMapping, runMapping } from '../../../localstack/embedded/event-source-mapping.ts';
import { Fields } from '../../../localstack/embedded/fields.ts';
import type { Value } from '../../../localstack/embedded/intrinsics.ts';
import type { Outcome } from '../../../localstack/embedded/lambda-instance.ts';
import type { ShardRecord } from '../../../localstack/embedded/shard-batch.ts';
import type { StreamReader } from '../../../localstack/embedded/shard-feed.ts';

const folder = mkdtempSync(join(tmpdir(), 'mapping-'));
const running: EventSourceMapping[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((mapping) => mapping.close()));
  rmSync(folder, { recursive: true, force: true });
});

interface Shard {
  parents?: string[];
  records: number[];
  closed?: boolean;
}

/** A stream in memory; a closed shard ends after its records. */
function streamOf(shards: Record<string, Shard>): StreamReader {
  return {
    shards: async () => Object.entries(shards).map(([id, { parents = [] }]) => ({ id, parents })),
    feed(id, after) {
      let next = after === undefined ? 0 : Number(after) + 1;
      return {
        async read(count) {
          const shard = shards[id];
          const found = shard?.records.filter((number) => number >= next).slice(0, count) ?? [];
          next = (found.at(-1) ?? next - 1) + 1;
          return found.length === 0 && shard?.closed ? null : found.map(recordOf);
        },
      };
    },
  };
}
function recordOf(number: number): ShardRecord {
  return { sequenceNumber: String(number), partitionKey: 'p', data: btoa(String(number)), arrivedAt: Date.now() };
}

type Answer = (numbers: number[]) => Outcome | Promise<Outcome>;
const success: Outcome = { kind: 'value', payload: '{"batchItemFailures":[]}' };
const failedAt = (number: number): Outcome => ({
  kind: 'value',
  payload: JSON.stringify({ batchItemFailures: [{ itemIdentifier: String(number) }] }),
});
const crash: Outcome = { kind: 'error', payload: '{"errorType":"Error"}' };

/** Runs a mapping over `stream`; returns the numbers of each invocation, and what was written to the destination. */
function run(
  stream: StreamReader,
  answer: Answer,
  settings: Record<string, Value> = {},
  checkpoints = newCheckpoints(),
) {
  const invocations: number[][] = [];
  const discarded: { key: string; body: string }[] = [];
  const properties = new Fields('M', {
    FunctionName: 'process',
    EventSourceArn: 'arn:aws:kinesis:us-east-1:000000000000:stream/s',
    FunctionResponseTypes: ['ReportBatchItemFailures'],
    StartingPosition: 'TRIM_HORIZON',
    ...settings,
  });
  const mapping = runMapping({ id: 'M', type: 'AWS::Lambda::EventSourceMapping', name: 'M', properties }, stream, {
    lambda: {
      arnOf: (name) => `arn:${name}`,
      async invoke(_fn, payload) {
        const event = JSON.parse(payload) as { Records: { kinesis: { sequenceNumber: string } }[] };
        const numbers = event.Records.map(({ kinesis }) => Number(kinesis.sequenceNumber));
        invocations.push(numbers);
        return answer(numbers);
      },
    },
    s3: { put: async (_bucket, key, body) => void discarded.push({ key, body }) },
    checkpoints,
    report: () => {},
  });
  running.push(mapping);
  return { mapping, invocations, discarded, checkpoints };
}
const newCheckpoints = () => new Checkpoints(join(folder, 'checkpoints.json'));

describe('an event source mapping', () => {
  it('cuts batches by size and passes each record once, in order', async () => {
    const { invocations } = run(streamOf({ s0: { records: [1, 2, 3, 4, 5] } }), () => success, { BatchSize: 2 });
    await vi.waitFor(() => expect(invocations).toEqual([[1, 2], [3, 4], [5]]));
  });

  it('goes on from the lowest failed record, and nothing newer overtakes it', async () => {
    let failed = false;
    const { invocations } = run(
      streamOf({ s0: { records: [1, 2, 3, 4, 5] } }),
      (numbers) => {
        if (failed || !numbers.includes(2)) return success;
        failed = true;
        return failedAt(2);
      },
      { BatchSize: 3 },
    );
    await vi.waitFor(() =>
      expect(invocations).toEqual([
        [1, 2, 3],
        [2, 3],
        [4, 5],
      ]),
    );
  });

  it('splits a batch that crashes the function until the poison stands alone, and gives that up after its retries', async () => {
    const { invocations, discarded } = run(
      streamOf({ s0: { records: [1, 2, 3, 4] } }),
      (numbers) => (numbers.includes(3) ? crash : success),
      {
        BisectBatchOnFunctionError: true,
        MaximumRetryAttempts: 1,
        DestinationConfig: { OnFailure: { Destination: 'arn:aws:s3:::archive' } },
      },
    );
    await vi.waitFor(() => expect(invocations).toEqual([[1, 2, 3, 4], [1, 2], [3, 4], [3], [3], [4]]));
    const document = JSON.parse(discarded[0]?.body ?? '{}');
    // kinesis-on-failure-destination: the document for S3 has the records in `payload`.
    expect(document).toMatchObject({
      requestContext: { condition: 'RetryAttemptsExhausted', functionArn: 'arn:process' },
      KinesisBatchInfo: { shardId: 's0', startSequenceNumber: '3', endSequenceNumber: '3', batchSize: 1 },
    });
    expect(JSON.parse(document.payload).Records[0].kinesis.data).toBe(btoa('3'));
    expect(discarded[0]?.key).toMatch(/^aws\/lambda\/M\/s0\/\d{4}\/\d\d\/\d\d\//);
  });

  it('reads a child shard only when its parent has come to its end', async () => {
    const shards: Record<string, Shard> = {
      child: { parents: ['parent'], records: [10, 11] },
      parent: { records: [1, 2], closed: false },
    };
    const { invocations, mapping } = run(streamOf(shards), () => success);
    await vi.waitFor(() => expect(invocations).toEqual([[1, 2]]));
    const { parent } = shards;
    if (parent) parent.closed = true;
    mapping.wake();
    await vi.waitFor(() =>
      expect(invocations).toEqual([
        [1, 2],
        [10, 11],
      ]),
    );
  });

  // kinesis-using-sdk-java-after-resharding (Kinesis): "If you read data from the child shards before having read all data from the
  // parent shards, you could read data for a particular hash key out of the order". Done with means more than read.
  it('lets a child wait until its parent has not only been read but done with', async () => {
    let mended = false;
    const { invocations } = run(
      streamOf({ child: { parents: ['parent'], records: [10] }, parent: { records: [1, 2], closed: true } }),
      (numbers) => (numbers.includes(2) && !mended ? failedAt(2) : success),
    );
    await vi.waitFor(() => expect(invocations.length).toBeGreaterThan(2));
    expect(invocations.flat()).not.toContain(10);
    mended = true;
    await vi.waitFor(() => expect(invocations.at(-1)).toEqual([10]), { timeout: 5_000 });
  });

  it('lets the child of a merge wait for both of its parents', async () => {
    const shards: Record<string, Shard> = {
      child: { parents: ['left', 'right'], records: [10] },
      left: { records: [1], closed: true },
      right: { records: [2], closed: false },
    };
    const { invocations, mapping } = run(streamOf(shards), () => success);
    await vi.waitFor(() => expect(invocations.flat().sort()).toEqual([1, 2]));
    mapping.wake();
    expect(invocations.flat()).not.toContain(10);
    if (shards.right) shards.right.closed = true;
    mapping.wake();
    await vi.waitFor(() => expect(invocations.at(-1)).toEqual([10]));
  });

  // The same page: an expired parent is not listed any more, and nothing of it can be read.
  it('reads a child whose parent is gone from the stream', async () => {
    const { invocations } = run(streamOf({ child: { parents: ['expired'], records: [10] } }), () => success);
    await vi.waitFor(() => expect(invocations).toEqual([[10]]));
  });

  // invocation-eventsourcemapping: only "processing for the affected shard" pauses.
  it('goes on with other shards while one of them fails', async () => {
    const { invocations } = run(streamOf({ bad: { records: [1] }, good: { records: [10, 11, 12] } }), (numbers) =>
      numbers.includes(1) ? crash : success,
    );
    await vi.waitFor(() => expect(invocations).toContainEqual([10, 11, 12]));
  });

  it('begins again where it ended', async () => {
    const first = run(streamOf({ s0: { records: [1, 2] } }), () => success);
    await vi.waitFor(() => expect(first.invocations).toEqual([[1, 2]]));
    await first.mapping.close();
    const second = run(streamOf({ s0: { records: [1, 2, 3] } }), () => success, {}, newCheckpoints());
    await vi.waitFor(() => expect(second.invocations).toEqual([[3]]));
  });

  it('repeats what had not ended well when it was closed', async () => {
    const first = run(streamOf({ s0: { records: [1, 2] } }), () => failedAt(2));
    await vi.waitFor(() => expect(first.invocations.length).toBeGreaterThan(1));
    await first.mapping.close();
    const second = run(streamOf({ s0: { records: [1, 2] } }), () => success, {}, newCheckpoints());
    await vi.waitFor(() => expect(second.invocations).toEqual([[2]]));
  });

  it('waits for the end of the invocation at hand when it is closed', async () => {
    let finish = (_outcome: Outcome): void => {};
    const held = new Promise<Outcome>((resolve) => {
      finish = resolve;
    });
    const { mapping, invocations, checkpoints } = run(streamOf({ s0: { records: [1] } }), () => held);
    await vi.waitFor(() => expect(invocations).toEqual([[1]]));
    const closed = mapping.close();
    finish(success);
    await closed;
    expect(checkpoints.of('M', 's0')).toEqual({ after: '1' });
  });

  it('gathers for its window, and hands over what is in it when it is closed', async () => {
    const shard: Shard = { records: [1, 2] };
    const { mapping, invocations, checkpoints } = run(streamOf({ s0: shard }), () => success, {
      MaximumBatchingWindowInSeconds: 300,
    });
    shard.records.push(3);
    mapping.wake();
    await vi.waitFor(() => expect(checkpoints.of('M', 's0')).toEqual({}));
    expect(invocations).toEqual([]);
    await mapping.close();
    expect(invocations).toEqual([[1, 2, 3]]);
    expect(checkpoints.of('M', 's0')).toEqual({ after: '3' });
  });
});
