import { captureDocumentKey, captureImageKey, captureOf } from './capture-object.ts';
import type { CaptureStore } from './capture-store.ts';

/** `objects`: what the bucket would hold, by key; documents as JSON text, pictures as bytes. */
export function memoryCaptureStore(objects: ReadonlyMap<string, string | Uint8Array>): CaptureStore {
  return {
    async latest(site, pageId, device) {
      const document = objects.get(captureDocumentKey(site, pageId, device));
      return typeof document === 'string' ? captureOf(document, site, pageId, device) : null;
    },
    async image(site, pageId, device, takenAt) {
      const image = objects.get(captureImageKey(site, pageId, device, takenAt));
      return image instanceof Uint8Array ? image : null;
    },
  };
}
