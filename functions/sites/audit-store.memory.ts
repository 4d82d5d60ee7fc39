import type { AuditEntry } from '../contract/account.ts';
import { type AuditStore, auditSort } from './audit-store.ts';

/** Audit logs in this process's memory. */
export function memoryAuditStore(): AuditStore {
  const sites = new Map<string, Map<string, AuditEntry>>();
  return {
    async append(site, entry, unique) {
      sites.set(
        site,
        (sites.get(site) ?? new Map<string, AuditEntry>()).set(auditSort(entry.at, unique), { ...entry }),
      );
    },
    async page(site, { before, limit }) {
      const older = [...(sites.get(site) ?? [])].filter(([sort]) => before === null || sort < before);
      const rows = older.sort(([one], [other]) => (one < other ? 1 : -1)).slice(0, limit);
      return {
        rows: rows.map(([, entry]) => ({ ...entry })),
        next: older.length > limit ? (rows.at(-1)?.[0] ?? null) : null,
      };
    },
  };
}
