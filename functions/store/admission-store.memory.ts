import type { Admission } from '../contract/admission.ts';
import type { AdmissionStore } from './admission-store.ts';
import { slotsToTry } from './slot-probe.ts';

/** Admissions in this process's memory. */
export function memoryAdmissionStore(): AdmissionStore {
  const scopes = new Map<string, Map<number, Admission>>();

  return {
    async admit(scope, name, element) {
      const taken = scopes.get(scope.pk) ?? new Map<number, Admission>();
      scopes.set(scope.pk, taken);
      for (const slot of slotsToTry(scope, name)) {
        const holder = taken.get(slot);
        if (holder?.name === name) return structuredClone(holder);
        if (holder) continue;
        const admission: Admission = { slot, name, ...(element && { element }) };
        taken.set(slot, structuredClone(admission));
        return structuredClone(admission);
      }
      return null;
    },

    async find(scope, name) {
      for (const slot of slotsToTry(scope, name)) {
        const holder = scopes.get(scope.pk)?.get(slot);
        if (holder?.name === name) return structuredClone(holder);
      }
      return null;
    },

    async all(pk) {
      return [...(scopes.get(pk)?.values() ?? [])].sort((a, b) => a.slot - b.slot).map((one) => structuredClone(one));
    },
  };
}
