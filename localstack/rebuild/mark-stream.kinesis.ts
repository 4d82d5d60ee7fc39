import { type KinesisClient, PutRecordCommand } from '@aws-sdk/client-kinesis';
import type { AnyRecord, StreamRecord } from '../../functions/contract/record.ts';
import { encodeRecord } from '../../functions/stream/record.ts';
import { streamShards } from '../audit/stream-records.kinesis.ts';
import type { StreamPlace } from './rebuild-ports.ts';

/**
 * Puts a tick on every open shard, and tells where each stands. A shard that is closed meanwhile has it on a child: whoever has
 * read up to there has read the parent to its end.
 * @throws when one could not be put.
 */
export async function markStream(
  client: KinesisClient,
  streamName: string,
  tick: Exclude<AnyRecord, StreamRecord>,
): Promise<StreamPlace[]> {
  const shards = await streamShards(client, streamName);
  const open = shards.filter(({ SequenceNumberRange }) => SequenceNumberRange?.EndingSequenceNumber === undefined);
  const put = { StreamName: streamName, PartitionKey: 'tick', Data: encodeRecord(tick) };
  return Promise.all(
    open.map(async ({ HashKeyRange }) => {
      const ExplicitHashKey = HashKeyRange?.StartingHashKey ?? '0';
      const placed = await client.send(new PutRecordCommand({ ...put, ExplicitHashKey }));
      return { shardId: placed.ShardId ?? '', sequenceNumber: placed.SequenceNumber ?? '' };
    }),
  );
}
