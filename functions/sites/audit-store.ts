import { type AuditEntry, auditKeptDays } from '../contract/account.ts';
import { dayMs } from '../contract/time-unit.ts';

/** Who changed what at a site, and when. Every adapter passes `test/contract/audit-store.test.ts`. */
export interface AuditStore {
  /** `unique` keeps entries of one instant apart. */
  append(site: string, entry: AuditEntry, unique: string): Promise<void>;
  /** Newest first, at most `limit`, older than `before` (a `next` of an earlier page). */
  page(
    site: string,
    options: { before: string | null; limit: number },
  ): Promise<{ rows: AuditEntry[]; next: string | null }>;
}

export const auditTextMax = 200;
export const auditKeptMs = auditKeptDays * dayMs;

/** Sorts by time. */
export function auditSort(at: number, unique: string): string {
  return `${String(at).padStart(15, '0')}-${unique}`;
}
