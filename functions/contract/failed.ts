/**
 * A record that could not be counted: it has touched no counter, and is kept in the archive's bucket until it is put on the
 * stream again. Its key tells what a list of keys should: whose it is, when, why, and where it stood.
 */
export interface FailedRecord {
  /** `unknownSite` where it does not tell. */
  site: string;
  /** When the stream took it (or ingest received it), ms since the epoch: the same on every attempt, it is part of the name. */
  at: number;
  shardId: string;
  sequenceNumber: string;
  /** One word for the kind of fault (lower case, with hyphens), and a sentence that says more. */
  reason: string;
  message: string;
  data: Uint8Array;
  /** Tells apart several objects of one position: increments have one for each item, named by it and by the last position. */
  part?: string;
}

/** The reason of what is no record: increments of an item that cannot be written (see `process/unwritable.ts`). */
export const unwritableReason = 'unwritable-increments';

export const unknownSite = 'unknown';
export const failedPrefix = 'failed/';
/** Where an object goes once its record is on the stream again. */
export const redrivenPrefix = 'redriven/';

/** What a key tells. */
export interface FailedPlace extends Pick<FailedRecord, 'site' | 'shardId' | 'sequenceNumber' | 'reason' | 'part'> {
  /** UTC, YYYY-MM-DD. */
  date: string;
}

/** `failed/site=…/date=…/<shard>-<position>[-<part>].<reason>.json`: one object a record. Inverse: `parseFailedKey`. */
export function failedKey({ site, at, shardId, sequenceNumber, reason, part }: FailedRecord): string {
  const date = new Date(at).toISOString().slice(0, 10);
  return `${failedPrefix}site=${site}/date=${date}/${shardId}-${sequenceNumber}${part ? `-${part}` : ''}.${reason}.json`;
}
/** Of an object that waits or that was redriven; null for any other key. */
export function parseFailedKey(key: string): FailedPlace | null {
  const match =
    /^(?:failed|redriven)\/site=([\w-]+)\/date=(\d{4}-\d\d-\d\d)\/(shardId-\d+)-(\d+)(?:-([\w-]+))?\.([a-z-]+)\.json$/.exec(
      key,
    );
  if (!match) return null;
  const [, site = '', date = '', shardId = '', sequenceNumber = '', part, reason = ''] = match;
  return { site, date, shardId, sequenceNumber, reason, ...(part && { part }) };
}
/** The key of a failed record's object after it was redriven. */
export function redrivenKey(key: string): string {
  return `${redrivenPrefix}${key.slice(failedPrefix.length)}`;
}

/** What is stored: the reason, where it stood, and the bytes themselves. Inverse: `parseFailedText`. */
export function failedText({ data, ...rest }: FailedRecord): string {
  return JSON.stringify({ v: 1, ...rest, data: Buffer.from(data).toString('base64') });
}
/** @throws Error when the text is not one that `failedText` writes. */
export function parseFailedText(text: string): FailedRecord {
  const { v, site, at, shardId, sequenceNumber, reason, message, data, part } = JSON.parse(text) as Record<
    string,
    unknown
  >;
  if (v !== 1 || typeof data !== 'string') throw new Error(`no failed record of version 1: ${text.slice(0, 200)}`);
  return {
    site: String(site),
    at: Number(at),
    shardId: String(shardId),
    sequenceNumber: String(sequenceNumber),
    reason: String(reason),
    message: String(message),
    data: Buffer.from(data, 'base64'),
    ...(typeof part === 'string' && { part }),
  };
}
