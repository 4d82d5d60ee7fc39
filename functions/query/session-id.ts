import { parseSessionSort, type SessionName, sessionSort } from '../contract/counter.ts';
import { ApiError, quoted } from './api-error.ts';

/** Date, start and visitor: where the session's item stands. Inverse: `parseSessionId`. */
export function sessionId({ day, firstStart, visitor }: SessionName): string {
  return `${day}-${sessionSort(firstStart, visitor)}`;
}

/** @throws ApiError 404 `unknown-session`: no session can be called so. */
export function parseSessionId(id: string): SessionName {
  const name = sessionNameIn(id);
  if (!name) throw unknownSession(id);
  return name;
}

/** Null: no session can be called so. */
export function sessionNameIn(id: string): SessionName | null {
  const match = /^(\d{4}-\d\d-\d\d)-([0-9a-z]{9}-[0-9a-f]{16})$/.exec(id);
  return match && { day: match[1] ?? '', ...parseSessionSort(match[2] ?? '') };
}

export function unknownSession(id: string): ApiError {
  return new ApiError(
    404,
    'unknown-session',
    `there is no session ${quoted(id)}: it may be over 90 days old, or its visitor was erased`,
  );
}
