import type { ArchiveStore } from './archive-store.ts';

/** Objects in this process's memory. */
export function memoryArchiveStore(): ArchiveStore & { objects: Map<string, Uint8Array> } {
  const objects = new Map<string, Uint8Array>();
  return {
    objects,
    async put(key, bytes) {
      objects.set(key, bytes.slice());
    },
    async keys(prefix, { after = '', limit = Number.POSITIVE_INFINITY } = {}) {
      return [...objects.keys()]
        .filter((key) => key.startsWith(prefix) && key > after)
        .sort()
        .slice(0, limit);
    },
    get: async (key) => objects.get(key)?.slice() ?? null,
    async delete(key) {
      objects.delete(key);
    },
  };
}
