import type { VisitorErasure, VisitorErasureStore } from './visitor-erasure-store.ts';

export function memoryVisitorErasureStore(): VisitorErasureStore {
  const erasures = new Map<string, VisitorErasure>();
  return {
    async put(erasure) {
      erasures.set(`${erasure.site}|${erasure.id}`, structuredClone(erasure));
    },
    list: async (site, limit) =>
      [...erasures.values()]
        .filter((one) => one.site === site)
        .sort((one, other) => (one.id < other.id ? 1 : -1))
        .slice(0, limit)
        .map((one) => structuredClone(one)),
  };
}
