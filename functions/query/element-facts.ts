import type { Admission } from '../contract/admission.ts';
import type { Box } from '../contract/answer.ts';

/** What is known of an element beside its counters. */
export interface KnownElement {
  key: string;
  label: string;
  box: Box | null;
  viewportWidth: number;
  clickable: boolean;
}

export function knownElement({ name, element }: Admission): KnownElement {
  if (!element) return { key: name, label: '', box: null, viewportWidth: 0, clickable: false };
  const { label, box, viewportWidth, clickable } = element;
  return { key: name, label, box, viewportWidth, clickable };
}

/** A slot that nobody holds can't be named; its counts still belong to the page. */
export const unnamedElement: KnownElement = { key: '', label: '', box: null, viewportWidth: 0, clickable: false };

export function bySlot(admissions: Admission[]): Map<number, KnownElement> {
  return new Map(admissions.map((admission) => [admission.slot, knownElement(admission)]));
}
