import { KinesisClient, ListShardsCommand, PutRecordCommand, type Shard } from '@aws-sdk/client-kinesis';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { partitionKeyOf } from './partition-key.ts';
import { putRecords } from './put-records.kinesis.ts';
import { encodeRecord } from './record.ts';
import type { StreamWriter } from './stream-writer.ts';

export interface KinesisStream {
  client: KinesisClient;
  streamName: string;
}

/** A reshard is noticed this late: until then a new shard may miss a tick, and a later one reaches it. */
const shardsKeptMs = 30_000;
/** A page lists up to 1,000 shards; more pages than this would be a loop. */
const shardPagesMax = 20;

/**
 * Its methods throw the SDK's error when its retries are used up. The record may then be on the stream or not: it may be put
 * again, since whoever reads the stream expects repeats.
 */
export function kinesisStreamWriter(stream: KinesisStream): StreamWriter {
  let shards: { startingHashKeys: string[]; listedAt: number } | undefined;
  async function starts(now: number): Promise<string[]> {
    if (!shards || Math.abs(now - shards.listedAt) >= shardsKeptMs) {
      shards = { startingHashKeys: await openShardStarts(stream), listedAt: now };
    }
    return shards.startingHashKeys;
  }
  return {
    async put(record) {
      await stream.client.send(
        new PutRecordCommand({
          StreamName: stream.streamName,
          PartitionKey: partitionKeyOf(record),
          Data: encodeRecord(record),
        }),
      );
    },
    /** One record for each open shard, by one call. The tick's own instant is the clock for how long the list of shards is kept. */
    async tick(record) {
      const put = { PartitionKey: 'tick', Data: encodeRecord(record) };
      const puts = (await starts(record.receivedAt)).map((ExplicitHashKey) => ({ ...put, ExplicitHashKey }));
      await putRecords(stream.client, stream.streamName, puts);
    },
    shards: async (now) => (await starts(now)).length,
  };
}

/** The hash key at which each open shard begins: a record put there lands in that shard. */
async function openShardStarts({ client, streamName }: KinesisStream): Promise<string[]> {
  const starts: string[] = [];
  let next: string | undefined;
  for (let page = 0; page < shardPagesMax; page++) {
    const answer = await client.send(new ListShardsCommand(next ? { NextToken: next } : { StreamName: streamName }));
    for (const shard of answer.Shards ?? []) if (isOpen(shard)) starts.push(shard.HashKeyRange?.StartingHashKey ?? '0');
    next = answer.NextToken;
    if (!next) break;
  }
  return starts;
}

/** Judged here and not by ShardFilter, which stand-ins for the service do not know. */
function isOpen(shard: Shard): boolean {
  return shard.SequenceNumberRange?.EndingSequenceNumber === undefined;
}

/**
 * A client, made once per entry. HTTP/1.1 everywhere: the SDK's default for Kinesis is HTTP/2, which a plain-HTTP endpoint does
 * not speak, and one put per invocation gains nothing by it. Gives up early: whoever waits for the answer tries again.
 */
export function kinesisClient(): KinesisClient {
  const client = new KinesisClient({
    maxAttempts: 3,
    // This, and no logger: `store/client.dynamo.ts` has the reasons.
    cacheMiddleware: true,
    requestHandler: new NodeHttpHandler({
      connectionTimeout: 1_000,
      requestTimeout: 2_500,
      // Without it the handler only warns of a request that hangs.
      throwOnRequestTimeout: true,
    }),
  });
  client.middlewareStack.remove('loggerMiddleware');
  return client;
}
