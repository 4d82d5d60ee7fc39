import { failedPrefix, parseFailedKey, redrivenPrefix, unknownSite, unwritableReason } from '../contract/failed.ts';
import type { ArchiveStore } from './archive-store.ts';

/** The same of every site. */
export async function setAsideAnywhere(archive: Pick<ArchiveStore, 'keys'>): Promise<Set<string>> {
  return positionsUnder(archive, [failedPrefix, redrivenPrefix]);
}

/** `<shard>-<position>` of every record of a site that touched no counter, whether it was played again or not. */
export async function setAsidePositions(archive: Pick<ArchiveStore, 'keys'>, site: string): Promise<Set<string>> {
  const places = [site, unknownSite].flatMap((name) =>
    [failedPrefix, redrivenPrefix].map((of) => `${of}site=${name}/`),
  );
  return positionsUnder(archive, places);
}

async function positionsUnder(archive: Pick<ArchiveStore, 'keys'>, prefixes: string[]): Promise<Set<string>> {
  const positions = new Set<string>();
  for (const prefix of prefixes) {
    for (const key of await archive.keys(prefix)) {
      const place = parseFailedKey(key);
      if (place && place.reason !== unwritableReason) positions.add(`${place.shardId}-${place.sequenceNumber}`);
    }
  }
  return positions;
}
