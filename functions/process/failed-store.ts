/** A record that could not be counted: it has touched no counter, and can be put on the stream again as it is. */
export interface FailedRecord {
  /** 'unknown' where it does not tell. */
  site: string;
  /** When the stream took it (or ingest received it), ms since the epoch: the same on every attempt, it is part of the name. */
  at: number;
  shardId: string;
  sequenceNumber: string;
  /** One word for the kind of fault, and a sentence that says more. */
  reason: string;
  message: string;
  data: Uint8Array;
}

export interface FailedStore {
  /** Keeps it. Putting the same record again replaces it by itself. @throws when it could not be kept. */
  put(record: FailedRecord): Promise<void>;
}

/** `failed/site=…/date=…/<shard>-<position>.json`: one object a record, found by site and UTC date. */
export function failedKey({ site, at, shardId, sequenceNumber }: FailedRecord): string {
  const date = new Date(at).toISOString().slice(0, 10);
  return `failed/site=${site}/date=${date}/${shardId}-${sequenceNumber}.json`;
}

/** What is stored: the reason, where it stood, and the bytes themselves. */
export function failedText({ data, ...rest }: FailedRecord): string {
  return JSON.stringify({ v: 1, ...rest, data: Buffer.from(data).toString('base64') });
}
