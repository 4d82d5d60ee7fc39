import {
  captureDocumentKey,
  captureFailureKey,
  captureFolder,
  captureImageKey,
  captureOf,
  datedDocumentKey,
  takenAtOfKey,
  takenFor,
} from './capture-object.ts';
import type { CaptureStore } from './capture-store.ts';

/** `objects`: what the bucket would hold, by key; documents as JSON text, pictures as bytes. */
export function memoryCaptureStore(objects: ReadonlyMap<string, string | Uint8Array>): CaptureStore {
  const text = (key: string) => {
    const object = objects.get(key);
    return typeof object === 'string' ? object : null;
  };
  const latest: CaptureStore['latest'] = async (site, pageId, device) => {
    const document = text(captureDocumentKey(site, pageId, device));
    const failed = text(captureFailureKey(site, pageId, device));
    return captureOf({ document, failed }, site, pageId, device);
  };
  return {
    latest,
    async asOf(site, pageId, device, until) {
      const folder = `${captureFolder(site, pageId, device)}/`;
      const dated = [...objects.keys()]
        .filter((key) => key.startsWith(folder))
        .flatMap((key) => takenAtOfKey(key) ?? []);
      const takenAt = takenFor(until, dated);
      if (takenAt === null) return latest(site, pageId, device);
      const document = text(datedDocumentKey(site, pageId, device, takenAt));
      return captureOf({ document, failed: null }, site, pageId, device);
    },
    async image(site, pageId, device, takenAt) {
      const image = objects.get(captureImageKey(site, pageId, device, takenAt));
      return image instanceof Uint8Array ? image : null;
    },
  };
}
