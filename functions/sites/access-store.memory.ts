import { noAccess, type SiteAccess } from './access.ts';
import { type AccessStore, type SecretPointer, triesMax, tryWindow } from './access-store.ts';

/** Access in this process's memory. */
export function memoryAccessStore(): AccessStore {
  const documents = new Map<string, SiteAccess>();
  const pointers = new Map<string, SecretPointer>();
  const tries = new Map<string, { window: number; count: number }>();
  const read = (site: string) => structuredClone(documents.get(site) ?? noAccess);
  return {
    read: async (site) => read(site),
    async change(site, change) {
      const next = structuredClone(change(read(site)));
      documents.set(site, next);
      return structuredClone(next);
    },
    async remove(site) {
      documents.delete(site);
    },
    async point(kind, hash, site) {
      pointers.set(`${kind}|${hash}`, { site, lastUsedOn: pointers.get(`${kind}|${hash}`)?.lastUsedOn ?? null });
    },
    async find(kind, hash) {
      const pointer = pointers.get(`${kind}|${hash}`);
      return pointer ? { ...pointer } : null;
    },
    async unpoint(kind, hash) {
      pointers.delete(`${kind}|${hash}`);
    },
    async used(hash, date) {
      const pointer = pointers.get(`key|${hash}`);
      if (pointer && (pointer.lastUsedOn ?? '') < date) pointer.lastUsedOn = date;
    },
    async takeTry(hash, now) {
      const window = tryWindow(now);
      const before = tries.get(hash);
      const count = before?.window === window ? before.count : 0;
      if (count >= triesMax) return false;
      tries.set(hash, { window, count: count + 1 });
      return true;
    },
    async returnTry(hash, now) {
      const taken = tries.get(hash);
      if (taken?.window === tryWindow(now)) taken.count--;
    },
  };
}
