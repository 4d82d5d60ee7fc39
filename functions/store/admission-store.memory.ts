import { memoryAdmissionRows } from './admission-rows.memory.ts';
import { type AdmissionStore, admissionStore } from './admission-store.ts';

/** Admissions in this process's memory. */
export function memoryAdmissionStore(): AdmissionStore {
  return admissionStore(memoryAdmissionRows());
}
