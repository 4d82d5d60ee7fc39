import { sitePrefix } from '../archive/archive-object.ts';
import type { ArchiveStore } from '../archive/archive-store.ts';
import { failedPrefix, redrivenPrefix } from '../contract/failed.ts';
import { siteResiduePrefix } from '../contract/residue.ts';
import { dayMs } from '../contract/time-unit.ts';

/** Deleted in one go; the rest goes an hour later. */
const objectsMax = 20_000;

/**
 * Deletes what a site's archive has kept longer than the site wants it kept, judged by the date in an object's name. The bucket's own
 * lifecycle rules bound all sites alike, by an object's age, which begins anew when an erasure writes it again.
 * @returns how many objects went.
 */
export async function enforceRetention(
  site: string,
  retentionDays: number,
  archive: Pick<ArchiveStore, 'keys' | 'delete'>,
  now: number,
): Promise<number> {
  const oldestKept = new Date(now - retentionDays * dayMs).toISOString().slice(0, 10);
  const prefixes = [sitePrefix(site), siteResiduePrefix(site)];
  for (const prefix of [failedPrefix, redrivenPrefix]) prefixes.push(`${prefix}site=${site}/`);
  let deleted = 0;
  for (const prefix of prefixes) {
    // In order of date, so the first that is kept ends it.
    const keys = await archive.keys(`${prefix}date=`, { limit: objectsMax });
    for (const key of keys) {
      const date = /\/date=(\d{4}-\d\d-\d\d)\//.exec(key)?.[1] ?? '';
      if (date >= oldestKept) break;
      await archive.delete(key);
      deleted += 1;
    }
  }
  return deleted;
}
