import type { StreamRecord } from '../contract/record.ts';

/** One visitor's records stay in order: all of them go to one shard. */
export function partitionKeyOf(record: Pick<StreamRecord, 'site' | 'visitor'>): string {
  return `${record.site}:${record.visitor}`;
}
