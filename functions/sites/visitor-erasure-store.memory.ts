import type { VisitorErasure, VisitorErasureStore } from './visitor-erasure-store.ts';

export function memoryVisitorErasureStore(): VisitorErasureStore {
  const erasures = new Map<string, VisitorErasure>();
  const all = (site: string) =>
    [...erasures.values()]
      .filter((one) => one.site === site)
      .sort((one, other) => (one.id < other.id ? 1 : -1))
      .map((one) => structuredClone(one));
  return {
    async put(erasure) {
      erasures.set(`${erasure.site}|${erasure.id}`, structuredClone(erasure));
    },
    list: async (site, limit) => all(site).slice(0, limit),
    waiting: async (site) => all(site).filter(({ state }) => state === 'waiting'),
  };
}
