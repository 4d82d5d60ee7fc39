import type { Erasure, ErasureStore } from './erasure-store.ts';

/** Erasures in this process's memory. */
export function memoryErasureStore(): ErasureStore {
  const sites = new Map<string, Erasure>();
  return {
    async begin(erasure) {
      if (!sites.has(erasure.site)) sites.set(erasure.site, { ...structuredClone(erasure), cursor: null });
    },
    all: async () =>
      [...sites.values()].map((one) => structuredClone(one)).sort((one, other) => one.since - other.since),
    async moveTo(site, cursor) {
      const erasure = sites.get(site);
      if (erasure) erasure.cursor = { ...cursor };
    },
    async end(site) {
      sites.delete(site);
    },
  };
}
