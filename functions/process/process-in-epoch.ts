import { log } from '../log.ts';
import type { StreamBatch } from './batch.ts';
import type { EpochGate } from './epoch-gate.ts';
import { noFigures, type Processed } from './process.ts';

/** Counts a batch in the epoch that is in use. Never throws: where that can't be told, the whole batch is to be tried again. */
export async function processInEpoch(
  batch: StreamBatch,
  gate: Pick<EpochGate, 'enter'>,
  processIn: (epoch: string) => Promise<Processed>,
): Promise<Processed> {
  const about = { shard: batch.shardId, from: batch.records[0]?.sequenceNumber ?? '' };
  try {
    const epoch = await gate.enter();
    if (epoch !== null) return await processIn(epoch);
    log.info('the epoch in use is being handed over: the batch waits', about);
  } catch (error) {
    log.error('the epoch in use could not be told', error, about);
  }
  return { failedFrom: batch.records[0]?.sequenceNumber ?? null, figures: noFigures(batch.records.length) };
}
