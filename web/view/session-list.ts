/** The sessions that a reader has before them: the newest, which change, and the older ones that were asked for. Pure. */
import type { SessionRow, SessionsAnswer } from '../../functions/contract/session-answer.ts';

export interface SessionList {
  /** Newest first, each once. */
  rows: readonly SessionRow[];
  /** Where the next older page begins; null: there is none. */
  next: string | null;
}

type Page = Pick<SessionsAnswer, 'rows' | 'next'>;

/** The first page asked again: what it says of a session is the newest. */
export function withNewest(list: SessionList | null, { rows, next }: Page): SessionList {
  const known = new Set(list?.rows.map(({ id }) => id));
  // Without a session in common, some may lie between what was known and what is new: then the list begins anew.
  if (!list || (next !== null && !rows.some(({ id }) => known.has(id)))) return { rows, next };
  return { rows: joined(rows, list.rows), next: list.next };
}

/** The next older page, at the end. */
export function withOlder(list: SessionList, { rows, next }: Page): SessionList {
  return { rows: joined(list.rows, rows), next };
}

function joined(first: readonly SessionRow[], then: readonly SessionRow[]): SessionRow[] {
  const known = new Set(first.map(({ id }) => id));
  return [...first, ...then.filter(({ id }) => !known.has(id))];
}
