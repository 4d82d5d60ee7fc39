/** Where a capture's objects are in the bucket, and how the stored document becomes the API's. */
import type { Capture, CaptureFailure, CapturePicture } from '../contract/answer.ts';
import type { Device } from '../contract/record.ts';

export function captureFolder(site: string, pageId: string, device: Device): string {
  return `captures/${site}/${pageId}/${device}`;
}
export function captureDocumentKey(site: string, pageId: string, device: Device): string {
  return `${captureFolder(site, pageId, device)}/latest.json`;
}
export function datedDocumentKey(site: string, pageId: string, device: Device, takenAt: number): string {
  return `${captureFolder(site, pageId, device)}/${takenAt}.json`;
}
/** When the picture was taken that a dated document is of; null for any other key. */
export function takenAtOfKey(key: string): number | null {
  const takenAt = /\/(\d{1,15})\.json$/.exec(key)?.[1];
  return takenAt === undefined ? null : Number(takenAt);
}
/** The picture of a range that ends at `until`: the last of before that, else the first after it; null: there is none. */
export function takenFor(until: number, takenAt: readonly number[]): number | null {
  const before = takenAt.filter((at) => at < until);
  if (before.length > 0) return Math.max(...before);
  return takenAt.length > 0 ? Math.min(...takenAt) : null;
}
export function captureFailureKey(site: string, pageId: string, device: Device): string {
  return `${captureFolder(site, pageId, device)}/failed.json`;
}
export function captureImageKey(site: string, pageId: string, device: Device, takenAt: number): string {
  return `${captureFolder(site, pageId, device)}/${takenAt}.jpg`;
}
export function captureImagePath(site: string, pageId: string, device: Device, takenAt: number): string {
  return `/v1/sites/${encodeURIComponent(site)}/captures/${pageId}/${device}/${takenAt}.jpg`;
}

/**
 * The newest picture, with the failure of a later attempt; without a picture, the newest failure. `document` and `failed` are the
 * texts of the two objects. The bucket's key of the picture is not shown: the API's path is.
 */
export function captureOf(
  { document, failed }: { document: string | null; failed: string | null },
  site: string,
  pageId: string,
  device: Device,
): Capture | null {
  const failure = failed ? failureOf(JSON.parse(failed)) : null;
  const stored = document ? (JSON.parse(document) as Omit<CapturePicture, 'retake'> | CaptureFailure) : null;
  if (stored === null) return failure;
  // Failures once took the picture's place.
  if ('error' in stored) return failure && failure.takenAt > stored.takenAt ? failure : failureOf(stored);
  const { url, path, takenAt, viewportWidth, viewportHeight, width, height } = stored;
  const image = captureImagePath(site, pageId, device, takenAt);
  // Older captures don't tell what is clickable.
  const elements = stored.elements.map(({ key, label, clickable = false, box, window }) => {
    return { key, label, clickable, box, ...(window && { window }) };
  });
  const retake = failure && failure.takenAt > takenAt ? failure : null;
  return { url, path, device, takenAt, viewportWidth, viewportHeight, width, height, image, elements, retake };
}

function failureOf({ error, takenAt }: CaptureFailure): CaptureFailure {
  return { error, takenAt };
}
