import type { ArchiveStore } from '../../functions/archive/archive-store.ts';
import { failedPrefix, parseFailedKey, redrivenPrefix, unknownSite } from '../../functions/contract/failed.ts';

/** `<shard>-<position>` of every record of a site that touched no counter, whether it was played again or not. */
export async function setAsidePositions(archive: Pick<ArchiveStore, 'keys'>, site: string): Promise<Set<string>> {
  const positions = new Set<string>();
  for (const prefix of [failedPrefix, redrivenPrefix]) {
    for (const name of [site, unknownSite]) {
      for (const key of await archive.keys(`${prefix}site=${name}/`)) {
        const place = parseFailedKey(key);
        if (place) positions.add(`${place.shardId}-${place.sequenceNumber}`);
      }
    }
  }
  return positions;
}
