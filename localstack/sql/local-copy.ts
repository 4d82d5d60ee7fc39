import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { archivePrefix, parseArchiveKey, sitePrefix } from '../../functions/archive/archive-object.ts';
import type { ArchiveStore } from '../../functions/archive/archive-store.ts';

const readsAtOnce = 8;

/**
 * Brings a folder in line with the archive: an object never changes, so only new ones are fetched, and what has expired is
 * deleted. Keys are paths in the folder.
 * @returns how many objects the folder holds.
 */
export async function copyArchive(
  archive: Pick<ArchiveStore, 'keys' | 'get'>,
  folder: string,
  site: string | undefined,
  progress: (what: string) => void,
): Promise<number> {
  const prefix = site === undefined ? archivePrefix : sitePrefix(site);
  const keys = new Set((await archive.keys(prefix)).filter((key) => parseArchiveKey(key)));
  mkdirSync(folder, { recursive: true });
  const present = new Set(keysIn(folder).filter((key) => key.startsWith(prefix)));
  for (const key of present) if (!keys.has(key)) rmSync(join(folder, key));
  const missing = [...keys].filter((key) => !present.has(key)).values();
  let fetched = 0;
  async function next(): Promise<void> {
    // One iterator feeds all, so each object is fetched once.
    for (const key of missing) {
      const bytes = await archive.get(key);
      if (bytes) await writeWhole(join(folder, key), bytes);
      fetched += 1;
      progress(`${fetched} objects fetched`);
    }
  }
  await Promise.all(Array.from({ length: readsAtOnce }, next));
  return keys.size;
}

/** Whole or not at all: a file that exists is not fetched again. */
async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  mkdirSync(dirname(path), { recursive: true });
  await writeFile(`${path}.unfinished`, bytes);
  await rename(`${path}.unfinished`, path);
}

function keysIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ndjson.gz'))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'));
}
