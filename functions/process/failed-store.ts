import type { FailedRecord } from '../contract/failed.ts';

/** Keeps records that could not be counted, one object each, under `failedKey`. */
export interface FailedStore {
  /** Keeps it. Putting the same record again replaces it by itself. @throws when it could not be kept. */
  put(record: FailedRecord): Promise<void>;
}
