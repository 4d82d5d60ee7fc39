import type { Admission, AdmissionScope, ElementFacts } from '../contract/admission.ts';

/** Write-once admissions (see `contract/admission.ts`). Every adapter passes `test/contract/admission-store.ts`. */
export interface AdmissionStore {
  /** Admits `name`, or finds it admitted. Null: its slots are taken by others, it counts under `(other)`; so it stays. */
  admit(scope: AdmissionScope, name: string, element?: ElementFacts): Promise<Admission | null>;
  /** Finds without admitting. */
  find(scope: AdmissionScope, name: string): Promise<Admission | null>;
  /** All that a scope has admitted, in order of slot. */
  all(pk: string): Promise<Admission[]>;
}
