import type { Device } from '../contract/record.ts';

/** What the capture function is asked for; it answers by storing a capture. */
export interface CaptureRequest {
  site: string;
  path: string;
  /** An address that shows the path, as a page view had it. */
  url: string;
  device: Device;
}

export interface CaptureInvoker {
  /** Resolves when the request is accepted, not when the picture is taken. */
  start(request: CaptureRequest): Promise<void>;
}
