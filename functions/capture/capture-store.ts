import type { CaptureFailure, CapturePicture } from '../contract/answer.ts';
import { nameId } from '../contract/name-id.ts';
import type { Device } from '../contract/record.ts';

/** Which page a capture is of. */
export interface CaptureSubject {
  site: string;
  path: string;
  device: Device;
}

/** `image` is the picture's key in the bucket. */
export type StoredPicture = Omit<CapturePicture, 'retake'>;

/** Where captures are put, for the query function to read. */
export interface CaptureStore {
  /**
   * Stores the picture first, then the document that names it: a reader never meets a document without its picture. The document stands
   * twice: as the newest, and under its time, since a map of older days is drawn on the picture of then.
   */
  savePicture(subject: CaptureSubject, picture: StoredPicture, jpeg: Uint8Array): Promise<void>;
  /** Beside the last picture, which stays. */
  saveFailure(subject: CaptureSubject, failure: CaptureFailure): Promise<void>;
}

export function captureDocumentKey(subject: CaptureSubject): string {
  return `${captureFolder(subject)}/latest.json`;
}
export function datedDocumentKey(subject: CaptureSubject, takenAt: number): string {
  return `${captureFolder(subject)}/${takenAt}.json`;
}
export function captureFailureKey(subject: CaptureSubject): string {
  return `${captureFolder(subject)}/failed.json`;
}
export function captureImageKey(subject: CaptureSubject, takenAt: number): string {
  return `${captureFolder(subject)}/${takenAt}.jpg`;
}
function captureFolder({ site, path, device }: CaptureSubject): string {
  return `${captureSitePrefix(site)}${nameId(path)}/${device}`;
}
/** Everything of a site's captures. */
export function captureSitePrefix(site: string): string {
  return `captures/${site}/`;
}
/** The folder of a page and device, and when a picture or its document under that name was taken; null for any other key. */
export function parsePictureKey(key: string): { folder: string; takenAt: number } | null {
  const [, folder = '', takenAt] = /^(.+)\/(\d{1,15})\.(?:jpg|json)$/.exec(key) ?? [];
  return takenAt === undefined ? null : { folder, takenAt: Number(takenAt) };
}
