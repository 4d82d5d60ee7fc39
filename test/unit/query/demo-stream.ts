import { expect } from 'vitest';
import type { StreamRecord, TickRecord } from '../../../functions/contract/record.ts';
import { AdmissionCache } from '../../../functions/process/admission-cache.ts';
import type { StreamBatch } from '../../../functions/process/batch.ts';
import { ConfigCache } from '../../../functions/process/config-cache.ts';
import { processBatch } from '../../../functions/process/process.ts';
import { silentPusher } from '../../../functions/push/pusher.ts';
import { memorySetAsideStore } from '../../../functions/store/set-aside-store.memory.ts';
import { memoryVisitorStore } from '../../../functions/store/visitor-store.memory.ts';
import { encodeRecord } from '../../../functions/stream/record.ts';
import { shardOf } from '../archive/archived-world.ts';
import { type DemoApi, epoch, now } from './demo-api.ts';

/** The processor over the same stores: a record goes in as the stream would bring it. */
export function processor({ ports }: DemoApi) {
  const deps = {
    ...ports,
    epoch,
    visitors: memoryVisitorStore(),
    setAside: memorySetAsideStore(),
    configs: new ConfigCache(ports.sites),
    admissions: new AdmissionCache(ports.admissions),
    failed: { put: ({ reason }: { reason: string }) => Promise.reject(new Error(`set aside: ${reason}`)) },
    stream: { put: () => Promise.reject(new Error('nothing is to be put back')) },
    pusher: silentPusher,
    pace: { note: () => {}, adjust: async () => {} },
    generation: 0,
    clock: () => now,
  };
  let sequence = 0;
  return async (record: StreamRecord | TickRecord, shard = 0): Promise<StreamBatch> => {
    const sequenceNumber = String(++sequence);
    const source = { sequenceNumber, data: encodeRecord(record), arrivedAt: record.receivedAt };
    const batch = { shardId: shardOf(shard), records: [source] };
    const { failedFrom, figures } = await processBatch(batch, deps);
    expect([failedFrom, figures.failed]).toEqual([null, 0]);
    return batch;
  };
}
