/**
 * Where an object of the archive stands: `events/site=…/date=YYYY-MM-DD/hour=HH/<shard>-<first>-<last>.ndjson.gz`, by the UTC
 * hour in which ingest received the records. First and last position are in the name, so that a repeated batch which is cut
 * otherwise makes another object and overwrites none; readers drop positions that they have met.
 */
import { dayMs, hourMs } from '../contract/time-unit.ts';

export const archivePrefix = 'events/';

/** One site's records of one UTC hour. `date` is YYYY-MM-DD, `hour` 00..23. */
export interface ArchivePlace {
  site: string;
  date: string;
  hour: string;
}
export interface ArchiveObject extends ArchivePlace {
  shardId: string;
  /** Sequence numbers of the object's own first and last record. */
  first: string;
  last: string;
}

export function archivePlace(site: string, receivedAt: number): ArchivePlace {
  const [date = '', time = ''] = new Date(receivedAt).toISOString().split('T');
  return { site, date, hour: time.slice(0, 2) };
}

/** The prefix of all objects of a site's hour. */
export function placePrefix({ site, date, hour }: ArchivePlace): string {
  return `${datePrefix(site, date)}hour=${hour}/`;
}
export function datePrefix(site: string, date: string): string {
  return `${sitePrefix(site)}date=${date}/`;
}
export function sitePrefix(site: string): string {
  return `${archivePrefix}site=${site}/`;
}

/** Inverse: `parseArchiveKey`. */
export function archiveKey(object: ArchiveObject): string {
  return `${placePrefix(object)}${object.shardId}-${object.first}-${object.last}.ndjson.gz`;
}

/** Null for what is no object of the archive. */
export function parseArchiveKey(key: string): ArchiveObject | null {
  const match =
    /^events\/site=([\w-]+)\/date=(\d{4}-\d\d-\d\d)\/hour=(\d\d)\/(shardId-\d+)-(\d+)-(\d+)\.ndjson\.gz$/.exec(key);
  if (!match) return null;
  const [, site = '', date = '', hour = '', shardId = '', first = '', last = ''] = match;
  return { site, date, hour, shardId, first, last };
}

/** The UTC dates that hold what was received from `from` to `to` (instants, both inclusive), oldest first. */
export function archiveDates(from: number, to: number): string[] {
  const dates: string[] = [];
  for (let at = Math.floor(from / dayMs) * dayMs; at <= to; at += dayMs) {
    dates.push(new Date(at).toISOString().slice(0, 10));
  }
  return dates;
}

/** The instant at which an object's hour begins. */
export function archiveHourStart({ date, hour }: Pick<ArchivePlace, 'date' | 'hour'>): number {
  return Date.parse(`${date}T00:00:00Z`) + Number(hour) * hourMs;
}
