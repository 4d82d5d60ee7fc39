import {
  GetRecordsCommand,
  GetShardIteratorCommand,
  type KinesisClient,
  ListShardsCommand,
  type Shard,
} from '@aws-sdk/client-kinesis';
import type { ArchivedRecord } from '../../functions/archive/archive-line.ts';
import { compareShards } from '../../functions/archive/position-order.ts';

/** Kinesis's bound of one call. */
const recordsPerCallMax = 10_000;

/** All that a stream holds at this moment, shard by shard, oldest first. */
export async function* streamRecords(
  client: KinesisClient,
  streamName: string,
  generation: number,
): AsyncGenerator<ArchivedRecord> {
  for (const { ShardId: shardId } of await streamShards(client, streamName)) {
    for await (const records of recordsBehind(client, streamName, { generation, shardId, after: null })) yield* records;
  }
}

/** The stream's shards, parents before their children. */
export async function streamShards(
  client: KinesisClient,
  streamName: string,
): Promise<(Shard & { ShardId: string })[]> {
  const shards: (Shard & { ShardId: string })[] = [];
  let next: string | undefined;
  do {
    const page = await client.send(new ListShardsCommand(next ? { NextToken: next } : { StreamName: streamName }));
    for (const shard of page.Shards ?? []) shards.push({ ...shard, ShardId: shard.ShardId ?? '' });
    next = page.NextToken;
  } while (next);
  return shards.sort((one, other) => compareShards(one.ShardId, other.ShardId));
}

/** What a shard holds behind a position (null: from its oldest record) at this moment, call by call. */
export async function* recordsBehind(
  client: KinesisClient,
  streamName: string,
  { generation, shardId, after }: { generation: number; shardId: string; after: string | null },
): AsyncGenerator<ArchivedRecord[]> {
  const place =
    after === null
      ? { ShardIteratorType: 'TRIM_HORIZON' as const }
      : { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER' as const, StartingSequenceNumber: after };
  const start = new GetShardIteratorCommand({ StreamName: streamName, ShardId: shardId, ...place });
  let iterator = (await client.send(start)).ShardIterator;
  while (iterator) {
    const answer: Awaited<ReturnType<typeof read>> = await read(client, iterator);
    const records = (answer.Records ?? []).map(({ SequenceNumber, Data, ApproximateArrivalTimestamp }) => ({
      generation,
      shardId,
      sequenceNumber: SequenceNumber ?? '',
      arrivedAt: ApproximateArrivalTimestamp?.getTime() ?? 0,
      data: Data ?? new Uint8Array(),
    }));
    if (records.length > 0) yield records;
    // A call may bring nothing although there is more behind it.
    const isAtTip = records.length === 0 && !answer.MillisBehindLatest;
    iterator = isAtTip ? undefined : answer.NextShardIterator;
  }
}

function read(client: KinesisClient, iterator: string) {
  return client.send(new GetRecordsCommand({ ShardIterator: iterator, Limit: recordsPerCallMax }));
}
