import type { Admission } from '../contract/admission.ts';

/** What one claim put down: admissions to consecutive slots, the first at `slot`. A hashed name has a row of its own. */
export interface AdmissionRow {
  slot: number;
  admissions: Admission[];
}

/** Write-once rows by scope and first slot. A row once put stays as it is. */
export interface AdmissionRows {
  /** `isConsistent`: a row that was put before is found. Otherwise it may be missed, never seen other than it is. */
  at(pk: string, slot: number, isConsistent: boolean): Promise<AdmissionRow | null>;
  /** The rows from a slot on, in order of slot; one that was put just now may be missing, unless `isConsistent`. */
  from(pk: string, slot: number, isConsistent: boolean): Promise<AdmissionRow[]>;
  /** Puts a row unless one stands at its slot: that one is the answer then, and null otherwise. */
  put(pk: string, row: AdmissionRow): Promise<AdmissionRow | null>;
}
