/** Where a capture's objects are in the bucket, and how the stored document becomes the API's. */
import type { Capture, CaptureFailure, CapturePicture } from '../contract/answer.ts';
import type { Device } from '../contract/record.ts';

export function captureFolder(site: string, pageId: string, device: Device): string {
  return `captures/${site}/${pageId}/${device}`;
}
export function captureDocumentKey(site: string, pageId: string, device: Device): string {
  return `${captureFolder(site, pageId, device)}/latest.json`;
}
export function captureImageKey(site: string, pageId: string, device: Device, takenAt: number): string {
  return `${captureFolder(site, pageId, device)}/${takenAt}.jpg`;
}
export function captureImagePath(site: string, pageId: string, device: Device, takenAt: number): string {
  return `/v1/sites/${encodeURIComponent(site)}/captures/${pageId}/${device}/${takenAt}.jpg`;
}

/** The bucket's key of the picture is not shown: the API's path is. */
export function captureOf(document: string, site: string, pageId: string, device: Device): Capture {
  const stored = JSON.parse(document) as CapturePicture | CaptureFailure;
  if ('error' in stored) return { error: stored.error, takenAt: stored.takenAt };
  const { url, path, takenAt, viewportWidth, viewportHeight, width, height } = stored;
  const image = captureImagePath(site, pageId, device, takenAt);
  const elements = stored.elements.map(({ key, label, box }) => ({ key, label, box }));
  return { url, path, device, takenAt, viewportWidth, viewportHeight, width, height, image, elements };
}
