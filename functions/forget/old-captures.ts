import type { ArchiveStore } from '../archive/archive-store.ts';
import { captureSitePrefix, parsePictureKey } from '../capture/capture-store.ts';
import { dayMs } from '../contract/time-unit.ts';

export interface OldCapturePorts {
  captures: Pick<ArchiveStore, 'keys' | 'get' | 'delete'>;
  /** The bucket's own rule deletes whatever is older than this. */
  captureRetentionDays: number;
}

/**
 * Deletes pictures that were taken longer ago than a site keeps anything, judged by the time in their names. A page's newest stays, however
 * old, and so does the one that its current document points to: the map of today is drawn on it, and the bucket's rule ends it in time.
 * As many as the planner takes a day, for as long as they are kept, are listed: some tens of thousands at most.
 * @returns how many objects went.
 */
export async function deleteOldCaptures(
  site: string,
  retentionDays: number,
  { captures, captureRetentionDays }: OldCapturePorts,
  now: number,
): Promise<number> {
  if (retentionDays >= captureRetentionDays) return 0;
  const oldestKept = now - retentionDays * dayMs;
  const folders = new Map<string, Set<number>>();
  for (const key of await captures.keys(captureSitePrefix(site))) {
    const picture = parsePictureKey(key);
    if (!picture) continue;
    const { folder, takenAt } = picture;
    folders.set(folder, (folders.get(folder) ?? new Set()).add(takenAt));
  }
  let deleted = 0;
  for (const [folder, taken] of folders) {
    const newest = Math.max(...taken);
    const old = [...taken].filter((takenAt) => takenAt < oldestKept && takenAt !== newest);
    const current = old.length === 0 ? null : await currentOf(folder, captures);
    for (const takenAt of old) {
      if (takenAt === current) continue;
      // In this order nobody meets a document without its picture.
      for (const name of ['json', 'jpg']) await captures.delete(`${folder}/${takenAt}.${name}`);
      deleted += 2;
    }
  }
  return deleted;
}

/** When the picture was taken that a page's current document points to. */
async function currentOf(folder: string, captures: OldCapturePorts['captures']): Promise<number | null> {
  const bytes = await captures.get(`${folder}/latest.json`);
  if (!bytes) return null;
  return (JSON.parse(Buffer.from(bytes).toString('utf8')) as { takenAt: number }).takenAt;
}
