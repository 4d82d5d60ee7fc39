import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateStreamCommand,
  DescribeStreamCommand,
  GetRecordsCommand,
  GetShardIteratorCommand,
  KinesisClient,
  ListShardsCommand,
  SplitShardCommand,
} from '@aws-sdk/client-kinesis';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { AnyRecord } from '../../../functions/contract/record.ts';
import { enrich } from '../../../functions/ingest/enrich.ts';
import { decodeRecord } from '../../../functions/stream/record.ts';
import { kinesisStreamWriter } from '../../../functions/stream/stream-writer.kinesis.ts';
import { type Kinesis, startKinesis } from '../../../localstack/embedded/kinesis.ts';
import { batchFixture, siteFixture } from '../ingest/batch-fixture.ts';

const StreamName = 'events';
const folder = mkdtempSync(join(tmpdir(), 'sitepulse-stream-'));
let kinesis: Kinesis;
let client: KinesisClient;

beforeAll(async () => {
  kinesis = await startKinesis(folder);
  client = new KinesisClient({
    endpoint: kinesis.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    requestHandler: new NodeHttpHandler(),
  });
  await client.send(new CreateStreamCommand({ StreamName, ShardCount: 3 }));
  await untilActive();
});
afterAll(async () => {
  client.destroy();
  await kinesis.close();
  rmSync(folder, { recursive: true });
});

const untilActive = () =>
  vi.waitUntil(
    async () => {
      const { StreamDescription } = await client.send(new DescribeStreamCommand({ StreamName }));
      return StreamDescription?.StreamStatus === 'ACTIVE';
    },
    { timeout: 10_000 },
  );

/** What each shard holds, by shard id. */
async function records(): Promise<Record<string, AnyRecord[]>> {
  const held: Record<string, AnyRecord[]> = {};
  const { Shards = [] } = await client.send(new ListShardsCommand({ StreamName }));
  for (const { ShardId = '' } of Shards) {
    const { ShardIterator } = await client.send(
      new GetShardIteratorCommand({ StreamName, ShardId, ShardIteratorType: 'TRIM_HORIZON' }),
    );
    const { Records = [] } = await client.send(new GetRecordsCommand({ ShardIterator }));
    held[ShardId] = Records.map(({ Data = new Uint8Array() }) => {
      const decoded = decodeRecord(Data);
      if (!decoded.ok) throw new Error(decoded.message);
      return decoded.record;
    });
  }
  return held;
}

function recordOf(visitor: string, n: number) {
  const facts = { origin: 'https://shop.example', country: '', browser: 'Chrome', os: 'Linux', receivedAt: 1_800e9 };
  return enrich(batchFixture({ n }), siteFixture(), { ...facts, visitor });
}

describe('the stream', () => {
  it('has all of a visitor’s records in one shard, in the order they were put', async () => {
    const writer = kinesisStreamWriter({ client, streamName: StreamName });
    const visitors = Array.from({ length: 8 }, (_, index) => `000000000000000${index}`);
    for (const n of [0, 1, 2]) for (const visitor of visitors) await writer.put(recordOf(visitor, n));
    const shards = Object.values(await records());
    for (const visitor of visitors) {
      const ofVisitor = shards.map((held) => held.filter((one) => 'visitor' in one && one.visitor === visitor));
      expect(ofVisitor.filter((held) => held.length > 0)).toEqual([[0, 1, 2].map((n) => recordOf(visitor, n))]);
    }
    expect(shards.filter((held) => held.length > 0).length).toBeGreaterThan(1);
  });

  it('has a tick on every open shard, and on the new ones once the list of shards is read again', async () => {
    const writer = kinesisStreamWriter({ client, streamName: StreamName });
    const start = 1_800_000_000_000;
    const ticksAt = async (receivedAt: number) => {
      await writer.tick({ v: 1, tick: 'demo', receivedAt });
      const held = Object.entries(await records());
      return held.flatMap(([shard, all]) =>
        all.some((one) => 'tick' in one && one.receivedAt === receivedAt) ? [shard] : [],
      );
    };
    const [first, second, third] = ['shardId-000000000000', 'shardId-000000000001', 'shardId-000000000002'];
    expect(await ticksAt(start)).toEqual([first, second, third]);

    const { Shards = [] } = await client.send(new ListShardsCommand({ StreamName }));
    const { StartingHashKey = '0', EndingHashKey = '0' } = Shards[0]?.HashKeyRange ?? {};
    const NewStartingHashKey = String((BigInt(StartingHashKey) + BigInt(EndingHashKey)) / 2n);
    await client.send(new SplitShardCommand({ StreamName, ShardToSplit: first, NewStartingHashKey }));
    await untilActive();
    // Within 30 s the old list serves: the closed shard's place is taken by the first of its children.
    expect(await ticksAt(start + 29_000)).toEqual([second, third, 'shardId-000000000003']);
    expect(await ticksAt(start + 30_000)).toEqual([second, third, 'shardId-000000000003', 'shardId-000000000004']);
  });

  it('throws when it cannot be reached', async () => {
    const nowhere = new KinesisClient({
      endpoint: 'http://127.0.0.1:9',
      region: 'us-east-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      requestHandler: new NodeHttpHandler(),
      maxAttempts: 1,
    });
    const writer = kinesisStreamWriter({ client: nowhere, streamName: StreamName });
    await expect(writer.put(recordOf('0000000000000000', 0))).rejects.toThrow();
    nowhere.destroy();
  });
});
