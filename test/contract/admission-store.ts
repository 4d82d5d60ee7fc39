import { describe, expect, it } from 'vitest';
import {
  type AdmissionScope,
  type ElementFacts,
  pageScope,
  slotsTriedMax,
} from '../../functions/contract/admission.ts';
import type { AdmissionStore } from '../../functions/store/admission-store.ts';

let sites = 0;
const freshScope = (slotCount = 1024): AdmissionScope => ({
  ...pageScope('1', `site-${++sites}`, '2026-11-23'),
  slotCount,
});
const facts: ElementFacts = { label: 'Buy now', box: [10, 20, 300.5, 40], viewportWidth: 1280, clickable: true };

/** What every admission store does. */
export function describeAdmissionStore(name: string, make: () => AdmissionStore): void {
  describe(`admissions in ${name}`, () => {
    it('admit a name to a slot below the count, and find it there ever after', async () => {
      const store = make();
      const scope = freshScope();
      const admission = await store.admit(scope, '/pricing');
      expect(admission).toEqual({ slot: expect.any(Number), name: '/pricing' });
      expect(admission?.slot).toBeLessThan(scope.slotCount);
      expect(await store.admit(scope, '/pricing')).toEqual(admission);
      expect(await store.find(scope, '/pricing')).toEqual(admission);
    });

    it('find nothing that was not admitted, and admit nothing by finding', async () => {
      const store = make();
      const scope = freshScope();
      expect(await store.find(scope, '/pricing')).toBeNull();
      expect(await store.all(scope.pk)).toEqual([]);
    });

    it('keep the facts of an element as they were first met', async () => {
      const store = make();
      const scope = freshScope();
      await store.admit(scope, '#buy', facts);
      const again = await store.admit(scope, '#buy', { ...facts, label: 'Buy later' });
      expect(again?.element).toEqual(facts);
      expect((await store.find(scope, '#buy'))?.element).toEqual(facts);
      expect((await store.all(scope.pk))[0]?.element).toEqual(facts);
    });

    it('give each name its own slot, and bring all in order of slot', async () => {
      const store = make();
      const scope = freshScope();
      const names = Array.from({ length: 60 }, (_, index) => `/page/${index}`);
      const admitted = await Promise.all(names.map((one) => store.admit(scope, one)));
      const slots = admitted.map((one) => one?.slot ?? -1).sort((a, b) => a - b);
      expect(new Set(slots).size).toBe(60);
      const all = await store.all(scope.pk);
      expect(all.map(({ slot }) => slot)).toEqual(slots);
      expect(new Set(all.map((one) => one.name))).toEqual(new Set(names));
    });

    it('give one slot to a name that several claim at once', async () => {
      const store = make();
      const scope = freshScope();
      const admitted = await Promise.all(Array.from({ length: 10 }, () => store.admit(scope, '/pricing')));
      expect(new Set(admitted.map((one) => one?.slot)).size).toBe(1);
      expect(await store.all(scope.pk)).toHaveLength(1);
    });

    it('refuse a name whose slots are taken, and go on refusing it', async () => {
      const store = make();
      const scope = freshScope(slotsTriedMax);
      const names = Array.from({ length: 30 }, (_, index) => `/page/${index}`);
      const first: (number | null)[] = [];
      for (const one of names) first.push((await store.admit(scope, one))?.slot ?? null);
      // With as many slots as tries, each name tries every slot: the first eight fill them.
      expect(first.map((slot) => slot !== null)).toEqual(names.map((_, index) => index < slotsTriedMax));
      const second: (number | null)[] = [];
      for (const one of [...names].reverse()) second.unshift((await store.admit(scope, one))?.slot ?? null);
      expect(second).toEqual(first);
      expect(await store.find(scope, '/page/29')).toBeNull();
    });

    it('never exceed the slots when many names race for them', async () => {
      const store = make();
      const scope = freshScope(slotsTriedMax);
      const names = Array.from({ length: 40 }, (_, index) => `/page/${index}`);
      const admitted = await Promise.all(names.map((one) => store.admit(scope, one)));
      expect(admitted.filter(Boolean)).toHaveLength(slotsTriedMax);
      expect(await store.all(scope.pk)).toHaveLength(slotsTriedMax);
    });

    it('keep scopes apart', async () => {
      const store = make();
      await store.admit(freshScope(), '/pricing');
      expect(await store.find(freshScope(), '/pricing')).toBeNull();
    });

    it('tell names apart that differ in case, spaces or script', async () => {
      const store = make();
      const scope = freshScope();
      const names = ['/a', '/A', '/a ', '/ä', '', '/日本', 'key=value · x'];
      const admitted = await Promise.all(names.map((one) => store.admit(scope, one)));
      expect(admitted.map((one) => one?.name)).toEqual(names);
      expect(new Set(admitted.map((one) => one?.slot)).size).toBe(names.length);
    });
  });
}
