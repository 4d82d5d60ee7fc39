import type { KinesisStreamBatchResponse, KinesisStreamEvent } from 'aws-lambda';
import { environmentName, requireEnvironment } from '../environment.ts';
import { log } from '../log.ts';
import { emitMetrics } from '../metrics.ts';
import { type ArchiveBatch, type Archived, archiveBatch } from './archive-batch.ts';
import { archiveClient, s3ArchiveStore } from './archive-store.s3.ts';

const generation = Number(requireEnvironment(environmentName.streamGeneration));
const store = s3ArchiveStore(archiveClient(), requireEnvironment(environmentName.archiveBucket));

export async function handler(event: KinesisStreamEvent): Promise<KinesisStreamBatchResponse> {
  const batch = batchOf(event);
  try {
    emit(batch, await archiveBatch(batch, store), 0);
    return { batchItemFailures: [] };
  } catch (error) {
    log.error('batch is to be archived again', error, { shard: batch.shardId });
    emit(batch, { records: 0, objects: 0, bytes: 0 }, 1);
    return { batchItemFailures: [{ itemIdentifier: batch.records[0]?.sequenceNumber ?? '' }] };
  }
}

function emit(batch: ArchiveBatch, { records, objects, bytes }: Archived, retriedBatches: number): void {
  const now = Date.now();
  emitMetrics('archive', { objects, objectBytes: bytes }, now, {
    shard: batch.shardId,
    from: batch.records.at(0)?.sequenceNumber,
    to: batch.records.at(-1)?.sequenceNumber,
    records,
    retriedBatches,
    streamLagMs: Math.max(0, now - (batch.records.at(-1)?.arrivedAt ?? now)),
  });
}

/** An event of a stream's mapping holds one shard's records; `eventID` is the shard's id and the sequence number. */
function batchOf({ Records }: KinesisStreamEvent): ArchiveBatch {
  return {
    generation,
    shardId: Records[0]?.eventID.split(':')[0] ?? '',
    records: Records.map(({ kinesis: { sequenceNumber, data, approximateArrivalTimestamp } }) => ({
      sequenceNumber,
      data: Buffer.from(data, 'base64'),
      arrivedAt: Math.round(approximateArrivalTimestamp * 1000),
    })),
  };
}
