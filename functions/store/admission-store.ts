import type { Admission, AdmissionScope, ElementFacts } from '../contract/admission.ts';
import type { AdmissionRows } from './admission-rows.ts';
import { FirstCome } from './first-come.ts';
import { slotsToTry } from './slot-probe.ts';

/** Write-once admissions (see `contract/admission.ts`). Every adapter passes `test/contract/admission-store.ts`. */
export interface AdmissionStore {
  /** Admits `name`, or finds it admitted. Null: there is no slot for it, now or ever after. */
  admit(scope: AdmissionScope, name: string, element?: ElementFacts): Promise<Admission | null>;
  /** Finds without admitting. */
  find(scope: AdmissionScope, name: string): Promise<Admission | null>;
  /** All that a scope has admitted, in order of slot. */
  all(pk: string): Promise<Admission[]>;
}

/** Slots of hashed scopes whose holders an instance remembers: those of twenty days of pages. */
const holdersMax = 20_480;

/** Made once per instance: what it has learned of the scopes stays with it. */
export function admissionStore(rows: AdmissionRows): AdmissionStore {
  const firstCome = new FirstCome(rows);

  const holders = new Map<string, Admission>();

  /**
   * Who has the slot: `wish`, unless another has it. A slot never changes hands, so each is read once: thousands of made-up
   * names, which find all their slots taken, would hold up the stream by eight reads each.
   */
  async function holderOf(pk: string, wish: Admission): Promise<Admission | undefined> {
    const id = `${pk}\n${wish.slot}`;
    const known = holders.get(id);
    if (known) return known;
    // A stale read can only miss a holder, and then the put finds it: the cheap read is as good as the consistent one.
    const row = { slot: wish.slot, admissions: [wish] };
    const [holder] = ((await rows.at(pk, wish.slot, false)) ?? (await rows.put(pk, row)) ?? row).admissions;
    if (holder) holders.set(id, holder);
    for (const oldest of holders.keys()) {
      if (holders.size <= holdersMax) break;
      holders.delete(oldest);
    }
    return holder;
  }

  async function admitHashed(scope: AdmissionScope, name: string, element?: ElementFacts): Promise<Admission | null> {
    for (const slot of slotsToTry(scope, name)) {
      const holder = await holderOf(scope.pk, { slot, name, ...(element && { element }) });
      if (holder?.name === name) return holder;
    }
    return null;
  }

  async function findHashed(scope: AdmissionScope, name: string): Promise<Admission | null> {
    for (const slot of slotsToTry(scope, name)) {
      const holder = (await rows.at(scope.pk, slot, true))?.admissions[0];
      if (!holder || holder.name === name) return holder ?? null;
    }
    return null;
  }

  const all = async (pk: string) => (await rows.from(pk, 0, true)).flatMap(({ admissions }) => admissions);

  return {
    admit: (scope, name, element) =>
      scope.isFirstCome ? firstCome.admit(scope, name, element) : admitHashed(scope, name, element),
    find: async (scope, name) =>
      scope.isFirstCome
        ? ((await all(scope.pk)).find((one) => one.name === name) ?? null)
        : await findHashed(scope, name),
    all,
  };
}
