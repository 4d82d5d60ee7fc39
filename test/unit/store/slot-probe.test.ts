import { describe, expect, it } from 'vitest';
import { slotsTriedMax } from '../../../functions/contract/admission.ts';
import { slotsToTry } from '../../../functions/store/slot-probe.ts';

const scope = { pk: 'p', slotCount: 512 };

describe('the slots that a name tries', () => {
  it('are what they have always been: what was admitted must be found again', () => {
    expect(slotsToTry(scope, '/pricing')).toEqual([505, 274, 43, 324, 93, 374, 143, 424]);
  });

  it('are different ones, all below the count', () => {
    for (let index = 0; index < 500; index++) {
      const slots = slotsToTry(scope, `/page/${index}`);
      expect(new Set(slots).size).toBe(slotsTriedMax);
      expect(Math.min(...slots)).toBeGreaterThanOrEqual(0);
      expect(Math.max(...slots)).toBeLessThan(512);
    }
  });

  it('spread evenly, so that most of the slots can be filled', () => {
    const taken = new Set<number>();
    let refused = 0;
    for (let index = 0; index < 512; index++) {
      const slot = slotsToTry(scope, `/page/${index}`).find((one) => !taken.has(one));
      if (slot === undefined) refused++;
      else taken.add(slot);
    }
    // Eight random tries leave about one name in ten without a slot only when as many names come as there are slots.
    expect(refused).toBeLessThan(60);
  });

  it('are all of a scope that has fewer than a name may try', () => {
    expect(slotsToTry({ pk: 'p', slotCount: 4 }, 'x').sort()).toEqual([0, 1, 2, 3]);
  });

  it('are refused for a count that is no power of two', () => {
    expect(() => slotsToTry({ pk: 'p', slotCount: 500 }, 'x')).toThrow(RangeError);
  });
});
