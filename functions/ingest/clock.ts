import { batchAgeMaxMs } from '../contract/event.ts';

/**
 * How long before its receipt a batch was made, in whole ms. Both instants are the visitor's own, so a clock that is years off
 * cancels out; one that was set back between them counts as no time at all, so nothing lies in the future.
 */
export function batchAge(made: number, sent: number): number {
  return Math.max(0, Math.round(sent - made));
}

export function isTooOld(ageMs: number): boolean {
  return ageMs > batchAgeMaxMs;
}

/** An event's age at receipt: its age when the batch was made, and the batch's own. At most 24 h, as far back as is counted. */
export function ageAtReceipt(eventAgeMs: number, batchAgeMs: number): number {
  return Math.min(batchAgeMaxMs, eventAgeMs + batchAgeMs);
}
