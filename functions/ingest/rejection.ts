/** Why a request is refused. Each name is also a metric: their number is bounded by this list. */
export const rejectionStatus = {
  'empty-body': 400,
  'body-too-large': 413,
  'bad-json': 400,
  'bad-batch': 400,
  'bad-version': 400,
  'bad-key': 400,
  'bad-load': 400,
  'bad-number': 400,
  'bad-clock': 400,
  'too-old': 400,
  'bad-token': 400,
  'bad-origin': 400,
  'bad-language': 400,
  'bad-pages': 400,
  'too-many-pages': 400,
  'bad-page': 400,
  'bad-elements': 400,
  'too-many-elements': 400,
  'bad-element': 400,
  'bad-events': 400,
  'too-many-events': 400,
  'no-events': 400,
  'bad-event': 400,
  'unknown-key': 403,
  'foreign-origin': 403,
  'too-many-requests': 429,
} as const;

export type RejectionCode = keyof typeof rejectionStatus;

/** `message` is a sentence that names the field and what was found in it, for the person who looks at the network panel. */
export interface Rejection {
  ok: false;
  status: 400 | 403 | 413 | 429;
  code: RejectionCode;
  message: string;
}

export type Checked<T> = { ok: true; value: T } | Rejection;

export function rejection(code: RejectionCode, message: string): Rejection {
  return { ok: false, status: rejectionStatus[code], code, message };
}
