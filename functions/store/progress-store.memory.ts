import type { ProgressStore } from './progress-store.ts';

/** Progress in this process's memory. It never goes back: a tick of a slower shard changes nothing. */
export function memoryProgressStore(): ProgressStore {
  const progress = new Map<string, number>();
  return {
    async set(epoch, site, at) {
      const name = `${epoch}|${site}`;
      progress.set(name, Math.max(at, progress.get(name) ?? 0));
    },
    get: async (epoch, site) => progress.get(`${epoch}|${site}`) ?? 0,
  };
}
