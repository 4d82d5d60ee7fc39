import type { ArchiveStore } from '../archive/archive-store.ts';
import type { ErasePlace } from './place.ts';

const objectsPerLookMax = 200;
const deletesAtOnceMax = 20;

/** The objects under a prefix that names the site, as its own folder: `events/site=demo/`. */
export function bucketPlace(
  store: Pick<ArchiveStore, 'keys' | 'delete'>,
  name: string,
  prefixOf: (site: string) => string,
): ErasePlace {
  return {
    name,
    async sweep(site) {
      const keys = await store.keys(prefixOf(site), { limit: objectsPerLookMax });
      for (let from = 0; from < keys.length; from += deletesAtOnceMax) {
        await Promise.all(keys.slice(from, from + deletesAtOnceMax).map((key) => store.delete(key)));
      }
      // What was looked at is gone: the next look is from the beginning again.
      return keys.length < objectsPerLookMax ? null : '';
    },
  };
}
