import { describe, expect, it } from 'vitest';
import { ageAtReceipt, batchAge, isTooOld } from '../../../functions/ingest/clock.ts';

const hour = 3_600_000;

describe('the clock', () => {
  it('takes the age of a batch from the visitor\u2019s clock alone, whatever year that thinks it is', () => {
    expect(batchAge(1_000, 1_250)).toBe(250);
    expect(batchAge(-5e12, -5e12 + 250)).toBe(250);
  });

  it('counts a clock that was set back in between as no time at all', () => {
    expect(batchAge(1_000_000, 0)).toBe(0);
  });

  it('adds the batch\u2019s age to its events\u2019, up to 24 h', () => {
    expect(ageAtReceipt(30, 250)).toBe(280);
    expect(ageAtReceipt(20 * hour, 20 * hour)).toBe(24 * hour);
  });

  it('calls a batch too old after 24 h, not at 24 h', () => {
    expect([isTooOld(24 * hour), isTooOld(24 * hour + 1)]).toEqual([false, true]);
  });
});
