import type { ArchiveStore } from '../archive/archive-store.ts';
import {
  failedPrefix,
  parseFailedKey,
  parseFailedText,
  redrivenPrefix,
  unknownSite,
  unwritableReason,
} from '../contract/failed.ts';

/**
 * Deletes what could not be counted of a visitor, played again or not. Found by what the bytes hold: some of these records are here
 * because they can't be decoded. @returns how many there were.
 */
export async function removeFailed(
  site: string,
  names: readonly string[],
  archive: Pick<ArchiveStore, 'keys' | 'get' | 'delete'>,
): Promise<number> {
  const wanted = names.filter(Boolean).map((name) => Buffer.from(name));
  let removed = 0;
  for (const key of await keysOf(site, archive)) {
    if (parseFailedKey(key)?.reason === unwritableReason) continue;
    const bytes = await archive.get(key);
    if (!bytes) continue;
    const { data } = parseFailedText(Buffer.from(bytes).toString('utf8'));
    if (!wanted.some((name) => Buffer.from(data).includes(name))) continue;
    await archive.delete(key);
    removed += 1;
  }
  return removed;
}

/** Whether increments of a site wait for items that could not be written: then its counters are not yet what its records say. */
export async function waitsUnwritable(site: string, archive: Pick<ArchiveStore, 'keys'>): Promise<boolean> {
  const keys = await archive.keys(`${failedPrefix}site=${site}/`);
  return keys.some((key) => parseFailedKey(key)?.reason === unwritableReason);
}

async function keysOf(site: string, archive: Pick<ArchiveStore, 'keys'>): Promise<string[]> {
  const prefixes = [failedPrefix, redrivenPrefix].flatMap((prefix) =>
    [site, unknownSite].map((of) => `${prefix}site=${of}/`),
  );
  return (await Promise.all(prefixes.map((prefix) => archive.keys(prefix)))).flat();
}
