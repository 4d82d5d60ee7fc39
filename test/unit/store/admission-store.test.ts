import { describe, expect, it } from 'vitest';
import { pageScope } from '../../../functions/contract/admission.ts';
import { memoryAdmissionRows } from '../../../functions/store/admission-rows.memory.ts';
import { admissionStore } from '../../../functions/store/admission-store.ts';

describe('an instance that is asked for thousands of made-up pages', () => {
  it('reads each slot once at most, and refuses the rest from what it knows', async () => {
    const rows = memoryAdmissionRows();
    const reads: number[] = [];
    const store = admissionStore({
      ...rows,
      at(pk, slot, isConsistent) {
        reads.push(slot);
        return rows.at(pk, slot, isConsistent);
      },
    });
    const scope = pageScope('1', 'shop', '2026-11-23');
    let admitted = 0;
    for (let index = 0; index < 10_000; index++) {
      if (await store.admit(scope, `/made-up/${index}`)) admitted++;
    }
    expect(admitted).toBeLessThanOrEqual(scope.slotCount);
    expect(admitted).toBe((await store.all(scope.pk)).length);
    expect(reads.length).toBe(new Set(reads).size);
  });

  it('gives a page admitted by another instance the same slot', async () => {
    const rows = memoryAdmissionRows();
    const scope = pageScope('1', 'shop', '2026-11-23');
    const [one, other] = [admissionStore(rows), admissionStore(rows)];
    const slots = await Promise.all([one.admit(scope, '/'), other.admit(scope, '/'), one.admit(scope, '/')]);
    expect(new Set(slots.map((admission) => admission?.slot)).size).toBe(1);
  });
});
