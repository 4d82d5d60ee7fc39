import type { Admission, AdmissionScope, ElementFacts } from '../contract/admission.ts';
import type { AdmissionRows } from './admission-rows.ts';
import { FirstCome } from './first-come.ts';
import { slotsToTry } from './slot-probe.ts';

/** Write-once admissions (see `contract/admission.ts`). Every adapter passes `test/contract/admission-store.ts`. */
export interface AdmissionStore {
  /** Admits `name`, or finds it admitted. Null: there is no slot for it, now or ever after. */
  admit(scope: AdmissionScope, name: string, element?: ElementFacts): Promise<Admission | null>;
  /** Finds without admitting. */
  find(scope: AdmissionScope, name: string): Promise<Admission | null>;
  /** All that a scope has admitted, in order of slot. */
  all(pk: string): Promise<Admission[]>;
}

/** Made once per instance: what it has learned of first-come scopes stays with it. */
export function admissionStore(rows: AdmissionRows): AdmissionStore {
  const firstCome = new FirstCome(rows);

  async function admitHashed(scope: AdmissionScope, name: string, element?: ElementFacts): Promise<Admission | null> {
    for (const slot of slotsToTry(scope, name)) {
      // A stale read can only miss a holder, and then the put finds it: the cheap read is as good as the consistent one.
      const wish: Admission = { slot, name, ...(element && { element }) };
      const row = { slot, admissions: [wish] };
      const holder = ((await rows.at(scope.pk, slot, false)) ?? (await rows.put(scope.pk, row)) ?? row).admissions[0];
      if (holder?.name === name) return holder;
    }
    return null;
  }

  async function findHashed(scope: AdmissionScope, name: string): Promise<Admission | null> {
    for (const slot of slotsToTry(scope, name)) {
      const holder = (await rows.at(scope.pk, slot, true))?.admissions[0];
      if (!holder || holder.name === name) return holder ?? null;
    }
    return null;
  }

  const all = async (pk: string) => (await rows.from(pk, 0, true)).flatMap(({ admissions }) => admissions);

  return {
    admit: (scope, name, element) =>
      scope.isFirstCome ? firstCome.admit(scope, name, element) : admitHashed(scope, name, element),
    find: async (scope, name) =>
      scope.isFirstCome
        ? ((await all(scope.pk)).find((one) => one.name === name) ?? null)
        : await findHashed(scope, name),
    all,
  };
}
