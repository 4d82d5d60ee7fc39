import type { CaptureStore } from './capture-store.ts';
import { storedCaptures } from './stored-captures.ts';

/** `objects`: what the bucket would hold, by key; documents as JSON text, pictures as bytes. */
export function memoryCaptureStore(objects: ReadonlyMap<string, string | Uint8Array>): CaptureStore {
  return storedCaptures({
    async read(key) {
      const object = objects.get(key) ?? null;
      return typeof object === 'string' ? new TextEncoder().encode(object) : object;
    },
    keysBelow: async (folder) => [...objects.keys()].filter((key) => key.startsWith(folder)).sort(),
  });
}
