/** Mutants of how the archive keeps what it is handed. */
import type { Mutant } from '../mutant.ts';

export const archiveMutants: Mutant[] = [
  {
    name: 'archive-overwritten',
    what: 'an object is named by its first position alone, so that a shorter batch is written over a longer one',
    seeds: [3, 12, 55],
    archive: (store) => ({
      ...store,
      put: (key, ...rest) => store.put(key.replace(/(-\d+)-\d+\.ndjson/, '$1.ndjson'), ...rest),
    }),
  },
  {
    name: 'archive-failure-acknowledged',
    what: 'a batch that could not be archived is reported as done',
    seeds: [4, 6, 9],
    archive: (store) => ({ ...store, put: (...args) => store.put(...args).catch(() => undefined) }),
  },
];
