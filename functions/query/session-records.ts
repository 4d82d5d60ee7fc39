/**
 * A session's records, from the archive. Its item says in which lanes it has counted, and up to where: so only objects of those shards
 * are read, of the hours in which the session can have been received, and none that begins behind what it has counted.
 */
import { gunzipSync } from 'node:zlib';
import { parseArchiveLine, recordIn } from '../archive/archive-line.ts';
import {
  type ArchiveObject,
  archiveDates,
  archiveHourStart,
  archivePlace,
  datePrefix,
  parseArchiveKey,
  placePrefix,
} from '../archive/archive-object.ts';
import type { ArchiveStore } from '../archive/archive-store.ts';
import { comparePositions, compareShards, shardOrdinal } from '../archive/position-order.ts';
import { batchAgeMaxMs } from '../contract/event.ts';
import { type Lane, numbersOf, type Position, sequenceNumberOf } from '../contract/position.ts';
import type { StreamRecord } from '../contract/record.ts';
import { hourMs } from '../contract/time-unit.ts';
import { inParallel } from './in-parallel.ts';

/** An hour of a shard has twelve, where the site is busy: up to 6 MB each, before they were packed. */
export const objectsMax = 96;
const objectsAtOnce = 6;
/** Listed of one date: an hour of 27 shards has some 330. */
const keysMax = 10_000;

export interface SessionInArchive {
  visitor: string;
  start: number;
  last: number;
  guards: Record<Lane, Position>;
}

export interface SessionRecords {
  /** In no order; each batch once. */
  records: StreamRecord[];
  /** Up to when the objects that were read hold what was received of the site, ms since the epoch; 0: there is none. */
  readTo: number;
  /** There were more objects than may be read. */
  isCut: boolean;
}

export async function readSessionRecords(
  site: string,
  session: SessionInArchive,
  now: number,
  archive: Pick<ArchiveStore, 'keys' | 'get'>,
): Promise<SessionRecords> {
  const { objects, isListCut } = await objectsOf(site, session, now, archive);
  const read = await inParallel(
    objects.slice(0, objectsMax),
    async ({ key }) => readObject(await archive.get(key), session.visitor),
    objectsAtOnce,
  );
  const batches = new Map<string, StreamRecord>();
  for (const record of read.flatMap(({ records }) => records)) {
    const name = `${record.load}:${record.n}`;
    if (!batches.has(name)) batches.set(name, record);
  }
  return {
    records: [...batches.values()],
    readTo: Math.max(0, ...read.map(({ to }) => to)),
    isCut: isListCut || objects.length > objectsMax,
  };
}

async function objectsOf(
  site: string,
  { start, last, guards }: SessionInArchive,
  now: number,
  archive: Pick<ArchiveStore, 'keys'>,
): Promise<{ objects: (ArchiveObject & { key: string })[]; isListCut: boolean }> {
  const ends = shardEnds(guards);
  // What a browser could not send at once may come for a day.
  const dates = archiveDates(start, Math.min(now, last + batchAgeMaxMs + hourMs));
  const after = placePrefix(archivePlace(site, start));
  const keys = await inParallel(dates, (date) => archive.keys(datePrefix(site, date), { after, limit: keysMax }));
  const objects = keys.flat().flatMap((key) => {
    const object = parseArchiveKey(key);
    const end = object ? ends.get(shardOrdinal(object.shardId)) : undefined;
    if (!object || end === undefined) return [];
    return end === null || comparePositions(object.first, end) <= 0 ? [{ ...object, key }] : [];
  });
  objects.sort(
    (one, other) =>
      archiveHourStart(one) - archiveHourStart(other) ||
      compareShards(one.shardId, other.shardId) ||
      comparePositions(one.first, other.first),
  );
  return { objects, isListCut: keys.some((ofDate) => ofDate.length >= keysMax) };
}

/** By the shard's number: the last position that the item has counted; null where two generations of the stream have such a shard. */
function shardEnds(guards: Record<Lane, Position>): Map<number, string | null> {
  const ends = new Map<number, string | null>();
  for (const [lane, position] of Object.entries(guards) as [Lane, Position][]) {
    const [, ordinal] = numbersOf(lane);
    ends.set(ordinal, ends.has(ordinal) ? null : sequenceNumberOf(position));
  }
  return ends;
}

/** Nothing of one that is gone since it was listed. */
function readObject(bytes: Uint8Array | null, visitor: string): { records: StreamRecord[]; to: number } {
  const lines = bytes ? gunzipSync(bytes).toString('utf8').split('\n').filter(Boolean) : [];
  const newest = lines.at(-1);
  const records = lines.flatMap((line) => {
    // Looked for in the text: to parse all of them takes a hundred times as long.
    const record = line.includes(visitor) ? recordIn(parseArchiveLine(line)) : null;
    return record?.visitor === visitor ? record : [];
  });
  return { records, to: newest === undefined ? 0 : parseArchiveLine(newest).arrivedAt };
}
