/** Why a page could not be captured. The code is kept with the capture and shown in the dashboard. */
export type CaptureErrorCode =
  | 'bad-url'
  | 'origin-not-allowed'
  | 'address-refused'
  | 'unreachable'
  | 'status'
  | 'not-html'
  | 'moved'
  | 'login-needed'
  | 'timeout'
  | 'too-large'
  | 'browser-failed';

/** A failure that is told to the site's owner: `message` is a sentence with the value found. */
export class CaptureError extends Error {
  override readonly name = 'CaptureError';
  constructor(
    readonly code: CaptureErrorCode,
    message: string,
  ) {
    super(message);
  }
}
