import {
  GetRecordsCommand,
  GetShardIteratorCommand,
  type KinesisClient,
  ListShardsCommand,
} from '@aws-sdk/client-kinesis';
import type { ArchivedRecord } from '../../functions/archive/archive-line.ts';

/** Kinesis's bound of one call. */
const recordsPerCallMax = 10_000;

/** All that a stream holds at this moment, shard by shard, oldest first. */
export async function* streamRecords(
  client: KinesisClient,
  streamName: string,
  generation: number,
): AsyncGenerator<ArchivedRecord> {
  for (const shardId of await shardIds(client, streamName)) {
    const start = { StreamName: streamName, ShardId: shardId, ShardIteratorType: 'TRIM_HORIZON' as const };
    let iterator = (await client.send(new GetShardIteratorCommand(start))).ShardIterator;
    while (iterator) {
      const answer: Awaited<ReturnType<typeof read>> = await read(client, iterator);
      for (const { SequenceNumber = '', Data = new Uint8Array(), ApproximateArrivalTimestamp } of answer.Records ??
        []) {
        const arrivedAt = ApproximateArrivalTimestamp?.getTime() ?? 0;
        yield { generation, shardId, sequenceNumber: SequenceNumber, arrivedAt, data: Data };
      }
      // A call may bring nothing although there is more behind it.
      const isAtTip = (answer.Records ?? []).length === 0 && !answer.MillisBehindLatest;
      iterator = isAtTip ? undefined : answer.NextShardIterator;
    }
  }
}

function read(client: KinesisClient, iterator: string) {
  return client.send(new GetRecordsCommand({ ShardIterator: iterator, Limit: recordsPerCallMax }));
}

async function shardIds(client: KinesisClient, streamName: string): Promise<string[]> {
  const ids: string[] = [];
  let next: string | undefined;
  do {
    const page = await client.send(new ListShardsCommand(next ? { NextToken: next } : { StreamName: streamName }));
    for (const { ShardId } of page.Shards ?? []) if (ShardId !== undefined) ids.push(ShardId);
    next = page.NextToken;
  } while (next);
  return ids;
}
