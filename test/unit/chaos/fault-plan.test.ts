import { describe, expect, it } from 'vitest';
import { faultKinds, type Place, places } from '../../chaos/fault-kinds.ts';
import { type Fault, FaultPlan } from '../../chaos/fault-plan.ts';

const callCount = 5_000;
const everyPlace = Object.keys(places) as Place[];

/** What the first calls of a place meet. */
function metAt(place: Place, plan: FaultPlan): (Fault | null)[] {
  return Array.from({ length: callCount }, () => plan.next(place));
}
const kindsOf = (met: (Fault | null)[]) => met.flatMap((fault) => (fault ? [fault.kind] : []));

describe('the plan of faults', () => {
  it('is the same for the same seed, whatever other places are called in between', () => {
    const [alone, among] = [new FaultPlan(3), new FaultPlan(3)];
    for (const place of everyPlace.slice(1)) metAt(place, among);
    expect(metAt('event', among)).toEqual(metAt('event', alone));
    expect(kindsOf(metAt('event', alone)).length).toBeGreaterThan(0);
  });

  it('is another one for another seed', () => {
    for (const place of everyPlace.filter((one) => one !== 'socket')) {
      expect(metAt(place, new FaultPlan(3))).not.toEqual(metAt(place, new FaultPlan(4)));
    }
  });

  it('breaks about as many calls of a place as its kind is worth, and more when told', () => {
    for (const place of everyPlace) {
      const { oneIn } = places[place];
      const usual = kindsOf(metAt(place, new FaultPlan(1))).length;
      expect(usual).toBeGreaterThan((0.7 * callCount) / oneIn);
      expect(usual).toBeLessThan((1.3 * callCount) / oneIn);
    }
    expect(kindsOf(metAt('event', new FaultPlan(1, 4))).length).toBeGreaterThan((3 * callCount) / places.event.oneIn);
  });

  it('brings every kind of a place in turn before any comes once more', () => {
    for (const place of everyPlace) {
      const { kinds } = places[place];
      const met = kindsOf(metAt(place, new FaultPlan(2)));
      for (let start = 0; start + kinds.length <= met.length; start += kinds.length) {
        expect(met.slice(start, start + kinds.length).sort()).toEqual([...kinds].sort());
      }
      expect(met.length).toBeGreaterThan(kinds.length);
    }
  });

  it('ends when it is told to rest', () => {
    const plan = new FaultPlan(1);
    plan.rest();
    for (const place of everyPlace) expect(kindsOf(metAt(place, plan))).toEqual([]);
  });

  it('knows of every kind how often it has struck, of those that never did, too', () => {
    const plan = new FaultPlan(1);
    plan.strike('write-late');
    plan.strike('write-late');
    expect([...plan.struck().keys()]).toEqual(faultKinds);
    expect(plan.struck().get('write-late')).toBe(2);
    expect(plan.struck().get('put-late')).toBe(0);
    expect(plan.total()).toBe(2);
  });
});
