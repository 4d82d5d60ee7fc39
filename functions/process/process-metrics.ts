import type { MetricProperties, MetricValues } from '../metrics.ts';
import type { Consumption } from '../store/meter.dynamo.ts';
import type { StreamBatch } from './batch.ts';
import type { Processed } from './process.ts';

/** What a batch of the stream adds to the function's metrics, and what its line in the log tells beside them. */
export function metricsOf(
  { shardId, records }: StreamBatch,
  { failedFrom, figures }: Processed,
  used: Consumption,
  now: number,
): { values: MetricValues<'process'>; properties: MetricProperties } {
  const { pushed } = figures;
  const values: MetricValues<'process'> = {
    records: figures.records,
    repeats: figures.repeats,
    failedRecords: figures.failed,
    retriedBatches: failedFrom === null ? 0 : 1,
    guardConflicts: figures.guardConflicts,
    foldMs: figures.foldMs,
    itemsWritten: figures.itemsWritten,
    writeUnits: used.writeUnits,
    throttles: used.throttles,
    pushed: pushed.messages,
    gone: pushed.gone,
    pushFailures: pushed.failures,
    rageClicks: figures.rageClicks,
    // A batch of ticks alone has no receipt of an event.
    ...(figures.newestReceipt > 0 && { receiptToPush: lagMs(figures.newestReceipt, now) }),
  };
  const properties: MetricProperties = {
    shard: shardId,
    from: records.at(0)?.sequenceNumber,
    to: records.at(-1)?.sequenceNumber,
    batches: figures.batches,
    events: figures.events,
    putBack: figures.putBack,
    failedReasons: figures.failedReasons,
    readUnits: used.readUnits,
    pushedBytes: pushed.bytes,
    streamLagMs: lagMs(records.at(-1)?.arrivedAt, now),
  };
  return { values, properties };
}

function lagMs(since: number | undefined, now: number): number {
  return since ? Math.max(0, now - since) : 0;
}
