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
}

/** So long it is told that there was an erasure. */
export const erasureKeptDays = 400;
/** A site's newest requests; no more may be made while so many wait. */
export const erasuresMax = 200;
