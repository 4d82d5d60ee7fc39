import type { CaptureRequest } from './capture-request.ts';

/** How a capture ended: when it counts as taken, and the code of what went wrong, or null. */
export interface CaptureOutcome {
  takenAt: number;
  failure: string | null;
}

export interface CaptureCaller {
  /**
   * Has the capture function take a picture, and waits for the outcome. `busy`: it takes as many as it may at once, and did not begin.
   * @throws when the function itself failed.
   */
  take(request: CaptureRequest): Promise<CaptureOutcome | 'busy'>;
}
