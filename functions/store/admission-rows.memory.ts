import type { AdmissionRow, AdmissionRows } from './admission-rows.ts';

/** Rows in this process's memory. */
export function memoryAdmissionRows(): AdmissionRows {
  const scopes = new Map<string, Map<number, AdmissionRow>>();
  return {
    async at(pk, slot) {
      return structuredClone(scopes.get(pk)?.get(slot) ?? null);
    },
    async from(pk, slot) {
      const rows = [...(scopes.get(pk)?.values() ?? [])].filter((row) => row.slot >= slot);
      return structuredClone(rows.sort((one, other) => one.slot - other.slot));
    },
    async put(pk, row) {
      const rows = scopes.get(pk) ?? new Map<number, AdmissionRow>();
      scopes.set(pk, rows);
      const holder = rows.get(row.slot);
      if (holder) return structuredClone(holder);
      rows.set(row.slot, structuredClone(row));
      return null;
    },
  };
}
