import type { Capture } from '../contract/answer.ts';
import type { Device } from '../contract/record.ts';

/** The captures that the capture function has stored (see `capture-object.ts` for where). Read only. */
export interface CaptureStore {
  /** See `captureOf`; null: none was tried. */
  latest(site: string, pageId: string, device: Device): Promise<Capture | null>;
  /** The page as it was when a range ended: see `takenFor`. Without any dated picture, `latest`. */
  asOf(site: string, pageId: string, device: Device, until: number): Promise<Capture | null>;
  /** A picture's JPEG; null: there is none of that time. */
  image(site: string, pageId: string, device: Device, takenAt: number): Promise<Uint8Array | null>;
}
