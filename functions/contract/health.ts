/** What `GET /v1/sites/{site}/health` answers: what could not be counted, and why. Nothing in it tells who a visitor is. */

/** Records by reason, most first. `isMore`: there are more than were looked at. */
export interface FailedCount {
  records: number;
  isMore: boolean;
  reasons: { reason: string; records: number }[];
}

/** A record that waits to be played again: what is wrong with it, and its outline. */
export interface FailedSample {
  /** When the stream took it, ms since the epoch. */
  at: number;
  reason: string;
  /** Values that were found are left out of it. */
  message: string;
  shardId: string;
  sequenceNumber: string;
  bytes: number;
  /** The version of the site's configuration that it names; null where it can't be read. */
  config: number | null;
  /** How many events of which kind; empty where it can't be read. */
  events: { kind: string; count: number }[];
}

/** Batches that were refused at the door: at least so many, for an instance that ends takes its last ones along. */
export interface RefusedRow {
  code: string;
  batches: number;
  /** What one of them was told. */
  sample: string;
}

export interface HealthAnswer {
  /** The site's records that wait under `failed/`. */
  failed: FailedCount;
  /** Records that wait and don't tell their site: the whole deployment's, so none are told to whoever may only read. */
  unattributed: FailedCount;
  /** The site's records that were played again. */
  redriven: FailedCount;
  /** Newest first. */
  samples: FailedSample[];
  /** Since the beginning of yesterday (UTC). `unknown`: their site could not be told, as above. */
  refused: { since: string; site: RefusedRow[]; unknown: RefusedRow[] };
}
