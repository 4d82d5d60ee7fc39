import { gzipSync } from 'node:zlib';
import { type ArchivedRecord, formatArchiveLine, recordIn } from './archive-line.ts';
import { archiveKey, archivePlace, placePrefix } from './archive-object.ts';
import type { ArchiveStore } from './archive-store.ts';

/** What one invocation is handed: records of one shard, in order. */
export interface ArchiveBatch {
  generation: number;
  shardId: string;
  records: { sequenceNumber: string; data: Uint8Array; arrivedAt: number }[];
}

export interface Archived {
  records: number;
  objects: number;
  /** Of the objects. */
  bytes: number;
}

export const archiveContentType = 'application/gzip';

/**
 * Writes a batch to the archive, one object for each site and hour of receipt in it. Ticks count nothing, and what can't be
 * decoded is kept by the processor with its reason: neither is archived. Trying again, with a longer or shorter batch, does no harm.
 * @throws when an object could not be kept; the batch is then to be tried again.
 */
export async function archiveBatch(batch: ArchiveBatch, store: Pick<ArchiveStore, 'put'>): Promise<Archived> {
  const archived: Archived = { records: 0, objects: 0, bytes: 0 };
  for (const { key, lines } of objectsOf(batch)) {
    const bytes = gzipSync(`${lines.join('\n')}\n`);
    await store.put(key, bytes, archiveContentType);
    archived.records += lines.length;
    archived.objects += 1;
    archived.bytes += bytes.length;
  }
  return archived;
}

function objectsOf({ generation, shardId, records }: ArchiveBatch): { key: string; lines: string[] }[] {
  const groups = new Map<string, { site: string; receivedAt: number; records: ArchivedRecord[] }>();
  for (const source of records) {
    const record = recordIn(source);
    if (!record) continue;
    const { site, receivedAt } = record;
    const name = placePrefix(archivePlace(site, receivedAt));
    const group = groups.get(name) ?? { site, receivedAt, records: [] };
    group.records.push({ generation, shardId, ...source });
    groups.set(name, group);
  }
  return [...groups.values()].map(({ site, receivedAt, records: own }) => {
    const first = own[0]?.sequenceNumber ?? '';
    const last = own.at(-1)?.sequenceNumber ?? '';
    const key = archiveKey({ ...archivePlace(site, receivedAt), shardId, first, last });
    return { key, lines: own.map(formatArchiveLine) };
  });
}
