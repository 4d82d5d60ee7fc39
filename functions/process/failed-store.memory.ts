import { type FailedRecord, failedKey } from '../contract/failed.ts';
import type { FailedStore } from './failed-store.ts';

/** Failed records in this process's memory, by the key that the archive would keep them under. */
export function memoryFailedStore(): FailedStore & { kept: Map<string, FailedRecord> } {
  const kept = new Map<string, FailedRecord>();
  return {
    kept,
    async put(record) {
      kept.set(failedKey(record), record);
    },
  };
}
