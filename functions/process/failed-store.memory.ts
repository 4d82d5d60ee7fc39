import { type FailedRecord, type FailedStore, failedKey } from './failed-store.ts';

/** Failed records in this process's memory, by the key that the archive would keep them under. */
export class MemoryFailedStore implements FailedStore {
  readonly kept = new Map<string, FailedRecord>();

  async put(record: FailedRecord): Promise<void> {
    this.kept.set(failedKey(record), record);
  }
}
