import { rememberedMs } from '../aggregate/visitor-state.ts';
import { dayMs } from '../contract/time-unit.ts';

/**
 * When a state or a claim may be deleted, seconds since the epoch: a day after the fold has forgotten it. From the clock where
 * that is later: a record that is played again long after its receipt must be remembered like a new one.
 */
export function expirySeconds(receivedAt: number, now: number): number {
  return Math.ceil((Math.max(receivedAt, now) + rememberedMs + dayMs) / 1000);
}
