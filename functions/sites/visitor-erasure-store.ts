import { createHash } from 'node:crypto';
import type { ErasureAnswer, ErasureWish } from '../contract/erasure.ts';

/** A request to erase what one visitor did on a day. Once it is done it no longer says whose that was. */
export interface VisitorErasure extends ErasureAnswer, ErasureWish {
  site: string;
}

/** Requests of erasures, by site. Every adapter passes `test/contract/visitor-erasure-store.test.ts`. */
export interface VisitorErasureStore {
  /** Stores a request, or what has become of it. */
  put(erasure: VisitorErasure): Promise<void>;
  /** A site's, newest first; at most `limit`. */
  list(site: string, limit: number): Promise<VisitorErasure[]>;
  /** All of a site that wait, newest first, however many were asked for after them. */
  waiting(site: string): Promise<VisitorErasure[]>;
}

/** So long it is told that there was an erasure. */
export const erasureKeptDays = 400;
/** Of a site's requests, the newest that are shown; no more may be made while so many wait. */
export const erasuresMax = 200;

/** A request as it is made. Its id is the instant and three digits of what is wished for: the later the larger. */
export function newErasure(site: string, wish: ErasureWish, now: number): VisitorErasure {
  const three = createHash('sha256').update(JSON.stringify(wish)).digest().readUInt16BE() % 1000;
  const id = `${String(now).padStart(13, '0')}${String(three).padStart(3, '0')}`;
  const why = 'it is looked at within the hour';
  return { site, id, ...wish, state: 'waiting', requestedAt: now, at: now, why, records: 0, failedRecords: 0 };
}
