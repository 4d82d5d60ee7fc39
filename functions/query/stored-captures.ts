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

/** Where captures are kept, as objects. */
export interface CaptureObjects {
  /** Null: there is no such object. */
  read(key: string): Promise<Uint8Array | null>;
  /** The first thousand at most, in order. */
  keysBelow(folder: string): Promise<string[]>;
}

/** What captures are, whatever keeps them. */
export function storedCaptures({ read, keysBelow }: CaptureObjects): CaptureStore {
  async function readText(key: string): Promise<string | null> {
    const bytes = await read(key);
    return bytes && new TextDecoder().decode(bytes);
  }
  const latest: CaptureStore['latest'] = async (site, pageId, device) => {
    const [document, failed] = await Promise.all([
      readText(captureDocumentKey(site, pageId, device)),
      readText(captureFailureKey(site, pageId, device)),
    ]);
    return captureOf({ document, failed }, site, pageId, device);
  };
  return {
    latest,
    async asOf(site, pageId, device, until) {
      // A thousand are enough: one a week, each retake, and their pictures, for as long as they are kept.
      const keys = await keysBelow(`${captureFolder(site, pageId, device)}/`);
      const takenAt = takenFor(
        until,
        keys.flatMap((key) => takenAtOfKey(key) ?? []),
      );
      if (takenAt === null) return latest(site, pageId, device);
      const document = await readText(datedDocumentKey(site, pageId, device, takenAt));
      return captureOf({ document, failed: null }, site, pageId, device);
    },
    image: (site, pageId, device, takenAt) => read(captureImageKey(site, pageId, device, takenAt)),
  };
}
