import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addSeen, hasSeen } from '../../../functions/aggregate/seen-numbers.ts';

const seenOf = (numbers: number[]) => numbers.reduce(addSeen, '');

describe('seen numbers', () => {
  it('are one range while nothing is missing, in whatever order they come', () => {
    expect(seenOf([0, 1, 2, 3])).toBe('0-3');
    expect(seenOf([3, 1, 2, 0])).toBe('0-3');
    expect(seenOf([0, 35, 36])).toBe('0,z-10');
  });

  it('tell just those that were added, with up to 32 gaps', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(60), { maxLength: 40 }), (numbers) => {
        const seen = seenOf(numbers);
        for (let n = 0; n <= 61; n++) expect(hasSeen(seen, n)).toBe(numbers.includes(n));
      }),
    );
  });

  it('never forget one, and stay bounded, whatever is added', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(Number.MAX_SAFE_INTEGER), { maxLength: 200 }), (numbers) => {
        const seen = seenOf(numbers);
        expect(numbers.every((n) => hasSeen(seen, n))).toBe(true);
        expect(seen.length).toBeLessThanOrEqual(400);
      }),
    );
  });

  it('close the lowest gap beyond the 32 that a snippet can still fill', () => {
    const even = Array.from({ length: 34 }, (_, index) => index * 2);
    const seen = seenOf(even);
    expect(hasSeen(seen, 1)).toBe(true);
    expect(hasSeen(seen, 3)).toBe(false);
    expect(hasSeen(seen, 65)).toBe(false);
  });
});
