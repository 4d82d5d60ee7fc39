/** What `…/erasures` takes and answers. Instants are ms since the epoch. */

/** Who is to be erased: as the archive names them on that day, or by one of their loads, as `sitepulse.load` told their browser. */
export interface ErasureWish {
  /** The site's local date, YYYY-MM-DD. */
  day: string;
  /** 16 hex digits; one of the two. */
  visitor?: string;
  load?: string;
}

/** What is asked for. A session names its visitor and their day: it is erased with all that belongs to it. */
export type ErasureRequest = ErasureWish | { session: string };

export interface ErasureAnswer {
  id: string;
  day: string;
  state: 'waiting' | 'done';
  requestedAt: number;
  /** When it is tried (again); of one that is done, when it was. */
  at: number;
  /** Why it waits. Empty once it is done. */
  why: string;
  /** What was erased: records of the archive, and records that could not be counted. */
  records: number;
  failedRecords: number;
}
export interface ErasuresAnswer {
  rows: ErasureAnswer[];
}
