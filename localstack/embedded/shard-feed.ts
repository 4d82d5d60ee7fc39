import { callService, ServiceError } from './aws-json.ts';
import type { ShardRecord } from './shard-batch.ts';

/** The records of one shard in order, from a place on. */
export interface ShardFeed {
  /** What is there now, at most `count`; empty when there is nothing yet, null when the shard has come to its end. */
  read(count: number): Promise<ShardRecord[] | null>;
}

export interface StreamReader {
  /** The shards with their parents. */
  shards(): Promise<{ id: string; parents: string[] }[]>;
  /** @param after the last sequence number that is done with; undefined: from where the mapping starts. */
  feed(shard: string, after: string | undefined): ShardFeed;
}

interface RawRecord {
  SequenceNumber: string;
  PartitionKey: string;
  Data: string;
  ApproximateArrivalTimestamp: number;
}

export function streamReader(url: string, stream: string, start: 'TRIM_HORIZON' | 'LATEST'): StreamReader {
  const call = <Answer>(operation: string, input: object) =>
    callService<Answer>(url, `Kinesis_20131202.${operation}`, input);
  return {
    async shards() {
      const { Shards } = await call<{
        Shards: { ShardId: string; ParentShardId?: string; AdjacentParentShardId?: string }[];
      }>('ListShards', { StreamName: stream });
      return Shards.map(({ ShardId, ParentShardId, AdjacentParentShardId }) => ({
        id: ShardId,
        parents: [ParentShardId, AdjacentParentShardId].filter((parent) => parent !== undefined),
      }));
    },
    feed(shard, after) {
      let last = after;
      let iterator: string | null | undefined;
      const open = async (): Promise<string> => {
        const place = last
          ? { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', StartingSequenceNumber: last }
          : { ShardIteratorType: start };
        const input = { StreamName: stream, ShardId: shard, ...place };
        return (await call<{ ShardIterator: string }>('GetShardIterator', input)).ShardIterator;
      };
      return {
        async read(count) {
          if (iterator === null) return null;
          try {
            iterator ??= await open();
            const input = { ShardIterator: iterator, Limit: count };
            const answer = await call<{ Records: RawRecord[]; NextShardIterator?: string | null }>('GetRecords', input);
            iterator = answer.NextShardIterator ?? null;
            last = answer.Records.at(-1)?.SequenceNumber ?? last;
            if (answer.Records.length === 0 && iterator === null) return null;
            return answer.Records.map(recordOf);
          } catch (error) {
            // An iterator is good for five minutes, and a batch may be retried for longer.
            iterator = undefined;
            if (error instanceof ServiceError && error.code === 'ExpiredIteratorException') return [];
            throw error;
          }
        },
      };
    },
  };
}

function recordOf(raw: RawRecord): ShardRecord {
  return {
    sequenceNumber: raw.SequenceNumber,
    partitionKey: raw.PartitionKey,
    data: raw.Data,
    arrivedAt: Math.round(raw.ApproximateArrivalTimestamp * 1000),
  };
}
