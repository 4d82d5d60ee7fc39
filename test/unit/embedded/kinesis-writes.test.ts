import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { callService } from '../../../localstack/embedded/aws-json.ts';
import { type Kinesis, startKinesis } from '../../../localstack/embedded/kinesis.ts';
// @ts-expect-error plain JavaScript, as the process that uses it is
import { quickStore } from '../../../localstack/embedded/kinesis-writes.mjs';

interface Shard {
  ShardId: string;
  HashKeyRange: { StartingHashKey: string; EndingHashKey: string };
  SequenceNumberRange: { EndingSequenceNumber?: string };
}
const StreamName = 'visits';
const Data = Buffer.from('a record').toString('base64');

function speaking({ url }: Kinesis) {
  const call = <Answer>(operation: string, input: object) =>
    callService<Answer>(url, `Kinesis_20131202.${operation}`, { StreamName, ...input });
  const shards = async () => (await call<{ Shards: Shard[] }>('ListShards', {})).Shards;
  return {
    call,
    shards,
    untilActive: () =>
      vi.waitFor(async () => {
        const { StreamDescription } = await call<{ StreamDescription: { StreamStatus: string } }>('DescribeStream', {});
        expect(StreamDescription.StreamStatus).toBe('ACTIVE');
      }),
    async put(key: string): Promise<string> {
      return (await call<{ SequenceNumber: string }>('PutRecord', { PartitionKey: key, Data })).SequenceNumber;
    },
    /** Shard by shard, as a reader meets them. */
    async records(): Promise<{ key: string; at: bigint }[][]> {
      return Promise.all(
        (await shards()).map(async ({ ShardId }) => {
          const place = { ShardId, ShardIteratorType: 'TRIM_HORIZON' };
          const { ShardIterator } = await call<{ ShardIterator: string }>('GetShardIterator', place);
          const { Records } = await callService<{ Records: { PartitionKey: string; SequenceNumber: string }[] }>(
            url,
            'Kinesis_20131202.GetRecords',
            { ShardIterator },
          );
          return Records.map(({ PartitionKey: key, SequenceNumber }) => ({ key, at: BigInt(SequenceNumber) }));
        }),
      );
    },
  };
}

const names = (prefix: string, count: number) => Array.from({ length: count }, (_, index) => `${prefix}${index}`);
/** A hash key between the two, from a third of the way on, as splits take it. */
const between = ({ StartingHashKey, EndingHashKey }: Shard['HashKeyRange']) =>
  String((2n * BigInt(StartingHashKey) + BigInt(EndingHashKey)) / 3n);

it('what is put side by side is read once each, in the order of its numbers: through a split, and after a restart', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sitepulse-kinesis-'));
  let kinesis = await startKinesis(folder);
  try {
    let stream = speaking(kinesis);
    await stream.call('CreateStream', { ShardCount: 1 });
    await stream.untilActive();
    const [whole] = await stream.shards();
    if (!whole) throw new Error('the stream has no shard');
    const puts = names('a', 40).map(stream.put);
    const split = stream.call('SplitShard', {
      ShardToSplit: whole.ShardId,
      NewStartingHashKey: between(whole.HashKeyRange),
    });
    const together = stream.call('PutRecords', {
      Records: names('b', 40).map((PartitionKey) => ({ PartitionKey, Data })),
    });
    puts.push(...names('c', 40).map(stream.put));
    await Promise.all([...puts, split, together]);
    await stream.untilActive();
    await Promise.all(names('d', 20).map(stream.put));
    await kinesis.close();
    kinesis = await startKinesis(folder);
    stream = speaking(kinesis);
    expect(await stream.shards()).toHaveLength(3);
    await Promise.all(names('e', 20).map(stream.put));

    const read = await stream.records();
    const put = [...names('a', 40), ...names('b', 40), ...names('c', 40), ...names('d', 20), ...names('e', 20)];
    expect(
      read
        .flat()
        .map(({ key }) => key)
        .sort(),
    ).toEqual(put.sort());
    for (const shard of read) {
      expect(shard.map(({ at }) => at)).toEqual(shard.map(({ at }) => at).sort((one, other) => (one < other ? -1 : 1)));
      expect(new Set(shard.map(({ at }) => at)).size).toBe(shard.length);
    }
    expect(read.slice(1).every((shard) => shard.some(({ key }) => key.startsWith('e')))).toBe(true);
  } finally {
    await kinesis.close();
    rmSync(folder, { recursive: true, force: true });
  }
});

const require = createRequire(import.meta.url);
type Answered = (error: Error | null, answer?: { SequenceNumber: string }) => void;

/** kinesalite's store in memory, whose writes of records wait until they are let go. */
async function heldStore() {
  const store = require('kinesalite/db').create({ createStreamMs: 0 });
  const create = require('kinesalite/actions/createStream');
  const held: { operations: { type: string }[]; settle(error?: Error): void }[] = [];
  const { getStreamDb } = store;
  const db = getStreamDb(StreamName);
  db.batch = (operations: { type: string }[]) =>
    new Promise<void>((resolve, reject) => {
      held.push({ operations, settle: (error) => (error ? reject(error) : resolve()) });
    });
  const puts = quickStore(store);
  await new Promise((done) => create(store, { StreamName, ShardCount: 1 }, done));
  const facts = () =>
    new Promise<{ StreamStatus: string }>((done) => store.getStream(StreamName, (_: null, it: never) => done(it)));
  await vi.waitFor(async () => expect((await facts()).StreamStatus).toBe('ACTIVE'));
  const put = (key: string) => {
    const answered = vi.fn<Answered>();
    require('kinesalite/actions/putRecord')(puts, { StreamName, PartitionKey: key, Data }, answered);
    return answered;
  };
  return { held, put };
}

it('a put is answered when its record is written, and those that come meanwhile are written together', async () => {
  const { held, put } = await heldStore();
  const first = put('first');
  await vi.waitFor(() => expect(held).toHaveLength(1));
  const later = [put('second'), put('third')];
  held[0]?.settle();
  await vi.waitFor(() => expect(held).toHaveLength(2));
  expect(first).toHaveBeenCalledOnce();
  expect(held[1]?.operations).toHaveLength(2);
  for (const answered of later) expect(answered).not.toHaveBeenCalled();
  held[1]?.settle();
  await vi.waitFor(() => expect(later[1]).toHaveBeenCalledOnce());
  const numbers = [first, ...later].map((answered) => BigInt(answered.mock.calls[0]?.[1]?.SequenceNumber ?? 0));
  expect(numbers).toEqual([...new Set(numbers)].sort((one, other) => (one < other ? -1 : 1)));
});

it('a put whose record could not be written is told so, and the next one is written', async () => {
  const { held, put } = await heldStore();
  const failing = put('failing');
  await vi.waitFor(() => expect(held).toHaveLength(1));
  const next = put('next');
  held[0]?.settle(new Error('the disk is full'));
  await vi.waitFor(() => expect(held).toHaveLength(2));
  expect(failing.mock.calls[0]?.[0]?.message).toBe('the disk is full');
  held[1]?.settle();
  await vi.waitFor(() => expect(next.mock.calls[0]?.[1]?.SequenceNumber).toBeDefined());
});
