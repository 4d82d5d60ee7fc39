import { gunzipSync } from 'node:zlib';
import { type ArchivedRecord, parseArchiveLine, recordIn } from './archive-line.ts';
import { type ArchiveObject, archiveKey, archivePlace, parseArchiveKey, placePrefix } from './archive-object.ts';
import type { ArchiveStore } from './archive-store.ts';
import { comparePositions, compareShards } from './position-order.ts';

/**
 * What is known of some part of the archive: objects that may overlap, and records that are still on the stream alone. Read by
 * shard, parents before their children, each position once and in order.
 */
export class ArchivedShards {
  readonly #objects = new Map<string, ArchiveObject[]>();
  readonly #places = new Map<string, ArchiveObject[]>();
  readonly #tails = new Map<string, ArchivedRecord[]>();

  constructor(
    private readonly store: Pick<ArchiveStore, 'get'>,
    keys: readonly string[],
  ) {
    for (const key of keys) {
      const object = parseArchiveKey(key);
      if (!object) continue;
      addTo(this.#objects, object.shardId, object);
      addTo(this.#places, placeName(object), object);
    }
    for (const objects of this.#objects.values()) objects.sort((a, b) => comparePositions(a.first, b.first));
  }

  get objectCount(): number {
    return [...this.#objects.values()].reduce((sum, { length }) => sum + length, 0);
  }

  /** In which no object is missing between an object's first and last record of its site and hour: so it holds this one. */
  holds(record: ArchivedRecord): boolean {
    const decoded = recordIn(record);
    if (!decoded) return false;
    const name = placeName({ ...archivePlace(decoded.site, decoded.receivedAt), shardId: record.shardId });
    const { sequenceNumber: at } = record;
    const covers = ({ first, last }: ArchiveObject) =>
      comparePositions(first, at) <= 0 && comparePositions(at, last) <= 0;
    return this.#places.get(name)?.some(covers) ?? false;
  }

  /** A record that no object holds yet. */
  addTail(record: ArchivedRecord): void {
    addTo(this.#tails, record.shardId, record);
  }

  shardIds(): string[] {
    return [...new Set([...this.#objects.keys(), ...this.#tails.keys()])].sort(compareShards);
  }

  /** One shard's records in order of position, each once. @throws Error when an object can't be read. */
  async *records(shardId: string): AsyncGenerator<ArchivedRecord> {
    let waiting = [...(this.#tails.get(shardId) ?? [])].sort(byPosition);
    let last = '';
    for (const object of this.#objects.get(shardId) ?? []) {
      const ready = waiting.findIndex(({ sequenceNumber }) => comparePositions(sequenceNumber, object.first) >= 0);
      for (const record of waiting.splice(0, ready < 0 ? waiting.length : ready)) {
        if (record.sequenceNumber !== last) yield record;
        last = record.sequenceNumber;
      }
      waiting = [...waiting, ...(await this.#read(object))].sort(byPosition);
    }
    for (const record of waiting) {
      if (record.sequenceNumber !== last) yield record;
      last = record.sequenceNumber;
    }
  }

  async #read(object: ArchiveObject): Promise<ArchivedRecord[]> {
    const key = archiveKey(object);
    const bytes = await this.store.get(key);
    // Expired since it was listed: the whole day is about to go.
    if (!bytes) throw new Error(`${key} was listed and is gone`);
    return gunzipSync(bytes).toString('utf8').split('\n').filter(Boolean).map(parseArchiveLine);
  }
}

function byPosition(one: ArchivedRecord, other: ArchivedRecord): number {
  return comparePositions(one.sequenceNumber, other.sequenceNumber);
}
function placeName(object: Pick<ArchiveObject, 'site' | 'date' | 'hour' | 'shardId'>): string {
  return `${placePrefix(object)}${object.shardId}`;
}
function addTo<T>(lists: Map<string, T[]>, name: string, one: T): void {
  const list = lists.get(name) ?? [];
  list.push(one);
  lists.set(name, list);
}
