import { createHash } from 'node:crypto';

/**
 * What logs call a batch, from ingest to the push: `<12 hex digits>:<n>`, by a digest of its load. Logs outlive an erasure, and the load
 * is what a visitor is found by: of 64 random bits, so nobody who has not got it can tell it from this.
 */
export function batchName(load: string, n: number): string {
  return `${createHash('sha256').update(load).digest('hex').slice(0, 12)}:${n}`;
}
