import { describe, expect, it, vi } from 'vitest';
import { type Admission, type AdmissionScope, elementScope } from '../../functions/contract/admission.ts';
import { elementPartition } from '../../functions/contract/counter.ts';
import { formatPlace, parsePlace, placeOf } from '../../functions/contract/place.ts';
import type { AdmissionRows } from '../../functions/store/admission-rows.ts';
import { admissionStore } from '../../functions/store/admission-store.ts';
import { Tiles } from '../../functions/store/tiles.ts';

let pages = 0;
const freshScope = (slotCount = 1024): AdmissionScope => {
  const page = `page-${++pages}`.padEnd(8, '-');
  return { ...elementScope(elementPartition('1', 'first-come', '2026-11-23', page, 'desktop')), slotCount };
};
const placeNamed = (key: string, width = 100) => formatPlace(placeOf('c', key, [0, 0], [width, 40]));
const names = (count: number, prefix = '#') => Array.from({ length: count }, (_, index) => placeNamed(prefix + index));
const facts = { label: 'Buy', box: [1, 2, 100, 40] as [number, number, number, number], viewportWidth: 1280 };

/** Slots without a gap, each name once, and the tiles that follow from their order. */
function expectSound(all: readonly Admission[]): void {
  expect(all.map(({ slot }) => slot)).toEqual(all.map((_, index) => index));
  expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
  const tiles = new Tiles();
  for (const { name, tile = -1, at = -1 } of all) {
    expect({ tile, at }).toEqual(tiles.roomFor(name));
    tiles.take(name, tile, at);
  }
}

/** First-come admission over the rows of one table; each `admissionStore` stands for an instance of its own. */
export function describeFirstCome(name: string, make: () => AdmissionRows): void {
  describe(`first-come admissions in ${name}`, () => {
    it('take slots in the order in which names come, and remember tile, index and facts', async () => {
      const scope = freshScope();
      const element = { ...facts, clickable: true };
      const store = admissionStore(make());
      const first = await store.admit(scope, placeNamed('#buy'), element);
      expect(first).toEqual({ slot: 0, name: placeNamed('#buy'), tile: 0, at: 0, element });
      expect(await store.admit(scope, placeNamed('#more'))).toEqual({
        slot: 1,
        name: placeNamed('#more'),
        tile: 0,
        at: 1,
      });
      expect(await store.find(scope, placeNamed('#buy'))).toEqual(first);
      expect(await store.find(scope, placeNamed('#none'))).toBeNull();
      expectSound(await store.all(scope.pk));
    });

    it('answer the same for every instance, the second one without a write', async () => {
      const [scope, rows] = [freshScope(), make()];
      const first = admissionStore(rows);
      const admitted = await Promise.all(names(30).map((one) => first.admit(scope, one)));
      const put = vi.fn(rows.put);
      const other = admissionStore({ ...rows, put });
      expect(await Promise.all(names(30).map((one) => other.admit(scope, one)))).toEqual(admitted);
      expect(put).not.toHaveBeenCalled();
    });

    it('put down names that wait together by one write, and read only once', async () => {
      const [scope, rows] = [freshScope(), make()];
      const put = vi.fn(rows.put);
      const from = vi.fn(rows.from);
      const store = admissionStore({ ...rows, put, from });
      await Promise.all([...names(12), ...names(12)].map((one) => store.admit(scope, one)));
      await Promise.all(names(12).map((one) => store.admit(scope, one)));
      expect([put.mock.calls.length, from.mock.calls.length]).toEqual([1, 1]);
      expectSound(await store.all(scope.pk));
    });

    it('stay sound when many instances race for them, each with the same names in another order', async () => {
      const [scope, rows] = [freshScope(), make()];
      // A prime, so that every step leads through all of them.
      const wanted = names(13);
      const instances = Array.from({ length: 5 }, () => admissionStore(rows));
      const answers = await Promise.all(
        instances.map(async (store, index) => {
          const found = new Map<string, Admission | null>();
          const order = wanted.map((_, at) => wanted[(at * (index + 1) + index) % wanted.length] ?? '');
          for (const one of order) found.set(one, await store.admit(scope, one));
          return wanted.map((one) => found.get(one) ?? null);
        }),
      );
      for (const answer of answers) expect(answer).toEqual(answers[0]);
      expectSound(await admissionStore(rows).all(scope.pk));
    });

    it('are found by the next attempt when a claimer died after its write, and taken by it when it died before', async () => {
      for (const diesAfter of [true, false]) {
        const [scope, rows] = [freshScope(), make()];
        const dying = admissionStore({
          ...rows,
          async put(pk, row) {
            if (diesAfter) await rows.put(pk, row);
            throw new Error('the instance died');
          },
        });
        const together = names(3).map((one) => dying.admit(scope, one));
        const outcomes = await Promise.allSettled(together);
        expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
        const next = admissionStore(rows);
        const other = await next.admit(scope, placeNamed('#other'));
        expect(other?.slot).toBe(diesAfter ? 3 : 0);
        for (const one of names(3)) expect((await next.admit(scope, one))?.name).toBe(one);
        expectSound(await next.all(scope.pk));
        // The one that failed may go on as well: it reads what stands.
        expect((await dying.admit(scope, placeNamed('#other')))?.slot).toBe(other?.slot);
      }
    });

    it('hold against a read that is behind, or shows a row without the one before it', async () => {
      const [scope, rows] = [freshScope(), make()];
      const first = admissionStore(rows);
      for (const one of names(4)) await first.admit(scope, one);
      let reads = 0;
      const behind = admissionStore({
        ...rows,
        async from(pk, slot, isConsistent) {
          const all = await rows.from(pk, slot, isConsistent);
          reads += 1;
          return reads === 1 ? [] : reads === 2 ? all.filter((row) => row.slot !== 1) : all;
        },
      });
      expect((await behind.admit(scope, placeNamed('#3')))?.slot).toBe(3);
      expect((await behind.admit(scope, placeNamed('#new')))?.slot).toBe(4);
      expectSound(await first.all(scope.pk));
    });

    it('refuse what comes when all slots are taken, for good, whoever asks', async () => {
      const [scope, rows] = [freshScope(10), make()];
      const store = admissionStore(rows);
      const wanted = names(14);
      const admitted = await Promise.all(wanted.map((one) => store.admit(scope, one)));
      expect(admitted.map((one) => one?.slot ?? null)).toEqual([...Array(10).keys(), null, null, null, null]);
      for (const one of [store, admissionStore(rows)]) {
        expect(await one.admit(scope, wanted[12] ?? '')).toBeNull();
        expect((await one.admit(scope, wanted[9] ?? ''))?.slot).toBe(9);
      }
      expect(await store.all(scope.pk)).toHaveLength(10);
    });

    it('never go beyond the slots when instances race for the last ones', async () => {
      const [scope, rows] = [freshScope(10), make()];
      const instances = Array.from({ length: 5 }, () => admissionStore(rows));
      const admitted = await Promise.all(
        instances.flatMap((store, index) => names(6, `#${index}-`).map((one) => store.admit(scope, one))),
      );
      expect(admitted.filter(Boolean)).toHaveLength(10);
      expectSound(await admissionStore(rows).all(scope.pk));
    });

    it('keep rows small: long names and labels are spread over several', async () => {
      const [scope, rows] = [freshScope(), make()];
      const sizes: number[] = [];
      const store = admissionStore({
        ...rows,
        put: (pk, row) => {
          sizes.push(Buffer.byteLength(JSON.stringify(row)));
          return rows.put(pk, row);
        },
      });
      const long = names(20, '日'.repeat(150));
      const element = { ...facts, label: '日'.repeat(60), clickable: true };
      await Promise.all(long.map((one) => store.admit(scope, one, element)));
      expect(Math.max(...sizes)).toBeLessThan(3_500);
      expect(sizes.length).toBeGreaterThan(1);
      const all = await store.all(scope.pk);
      expectSound(all);
      expect(all.map((one) => parsePlace(one.name).key)).toEqual(long.map((one) => parsePlace(one).key));
    });
  });
}
