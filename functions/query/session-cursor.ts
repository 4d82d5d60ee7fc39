/** Where a list of sessions goes on: what was answered before is newer. */
import { ApiError, quoted } from './api-error.ts';
import type { Parameter } from './parameters.ts';

export interface SessionCursor {
  day: string;
  /** Sessions of that day that come before this one in order of start; null: all of them. */
  below: string | null;
}

/** Inverse: `cursor.parse`. */
export function formatCursor({ day, below }: SessionCursor): string {
  return Buffer.from(below === null ? day : `${day} ${below}`).toString('base64url');
}

export const cursor: Parameter<SessionCursor | null> = {
  name: 'cursor',
  description: 'The `next` of the answer that this one is to follow; with the same range and filters.',
  required: false,
  schema: { type: 'string', maxLength: 64 },
  parse(text) {
    if (text === undefined) return null;
    const plain = text.length > 64 ? '' : Buffer.from(text, 'base64url').toString('latin1');
    const match = /^(\d{4}-\d\d-\d\d)(?: ([0-9a-z]{9}-[0-9a-f]{16}))?$/.exec(plain);
    if (match) return { day: match[1] ?? '', below: match[2] ?? null };
    throw new ApiError(400, 'bad-cursor', `cursor is ${quoted(text)}, not what an answer's next was`);
  },
};
