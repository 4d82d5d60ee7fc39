import { describe, expect, it } from 'vitest';
import { keyText } from '../../functions/contract/counter.ts';
import { type Lane, positionOf } from '../../functions/contract/position.ts';
import { closedItemsMax, type SetAside, type SetAsideStore } from '../../functions/store/set-aside-store.ts';

let lanes = 0;
const freshLane = () => `0_${(++lanes).toString(36)}` as Lane;
const [early, late] = [positionOf('8'), positionOf('4959033827149025660855969253836157109592157598913655')];
const expiresAt = 1_900_000_000;
const why: SetAside = { site: 'demo', reason: 'unknown-config', message: 'no “7”\n yet' };

/** What every store of what is set aside does. */
export function describeSetAsideStore(name: string, make: () => SetAsideStore): void {
  describe(`marks of lanes in ${name}`, () => {
    it('are none until one is raised, and are seen by whoever comes then', async () => {
      const store = make();
      const lane = freshLane();
      expect((await store.mayFold(lane)).mark).toBeNull();
      const { ticket, mark } = await store.begin(lane);
      expect(mark).toBeNull();
      expect(await store.raise(lane, ticket, early)).toBe(true);
      expect((await store.mayFold(lane)).mark).toBe(early);
      const next = await store.begin(lane);
      expect(next.mark).toBe(early);
      expect(await store.raise(lane, next.ticket, late)).toBe(true);
      expect((await store.mayFold(lane)).mark).toBe(late);
      expect((await store.mayFold(freshLane())).mark).toBeNull();
    });

    it('are not raised by one who began before another may fold', async () => {
      const store = make();
      const lane = freshLane();
      const { ticket } = await store.begin(lane);
      expect((await store.mayFold(lane)).mark).toBeNull();
      expect(await store.raise(lane, ticket, early)).toBe(false);
      expect((await store.mayFold(lane)).mark).toBeNull();
    });

    it('are raised by the last of those who began, once', async () => {
      const store = make();
      const lane = freshLane();
      const [first, second] = [await store.begin(lane), await store.begin(lane)];
      expect(second.ticket).not.toBe(first.ticket);
      expect(await store.raise(lane, first.ticket, late)).toBe(false);
      expect(await store.raise(lane, second.ticket, early)).toBe(true);
      expect(await store.raise(lane, second.ticket, late)).toBe(false);
      expect((await store.mayFold(lane)).mark).toBe(early);
    });

    it('stand in lanes of their own', async () => {
      const store = make();
      const [one, other] = [freshLane(), freshLane()];
      const { ticket } = await store.begin(one);
      await store.mayFold(other);
      expect(await store.raise(one, ticket, early)).toBe(true);
      expect((await store.mayFold(other)).mark).toBeNull();
    });
  });

  describe(`decisions in ${name}`, () => {
    it('stand as they were made first', async () => {
      const store = make();
      const lane = freshLane();
      expect(await store.decide(lane, early, why, expiresAt)).toEqual(why);
      expect(await store.decide(lane, early, null, expiresAt)).toEqual(why);
      expect(await store.decide(lane, early, { ...why, reason: 'other' }, expiresAt)).toEqual(why);
      expect(await store.decide(lane, late, null, expiresAt)).toBeNull();
      expect(await store.decide(lane, late, why, expiresAt)).toBeNull();
      expect(await store.decide(freshLane(), early, null, expiresAt)).toBeNull();
    });

    it('are one, whoever decides at once', async () => {
      const store = make();
      const lane = freshLane();
      const wishes = [why, null, { ...why, reason: 'other' }, null];
      const made = await Promise.all(wishes.map((wish) => store.decide(lane, early, wish, expiresAt)));
      expect(new Set(made.map((one) => JSON.stringify(one))).size).toBe(1);
    });
  });

  describe(`closed items in ${name}`, () => {
    const item = (sk: string) => ({ pk: '1|demo|hour|2026-11-23', sk });
    const closing = { fault: 'too “large”', expiresAt };

    it('are told to whoever begins or folds, as they were closed first, and of their lane alone', async () => {
      const store = make();
      const lane = freshLane();
      expect((await store.mayFold(lane)).closed).toEqual(new Map());
      await store.close(lane, item('a|ü b'), closing, 0);
      await store.close(lane, item('a|ü b'), { ...closing, fault: 'other' }, 0);
      await store.close(lane, item('c'), closing, 0);
      const closed = new Map(['a|ü b', 'c'].map((sk) => [keyText(item(sk)), closing]));
      expect((await store.mayFold(lane)).closed).toEqual(closed);
      expect((await store.begin(lane)).closed).toEqual(closed);
      expect((await store.mayFold(freshLane())).closed).toEqual(new Map());
    });

    it('are bounded, but for those that have expired', async () => {
      const store = make();
      const lane = freshLane();
      const close = (sk: string, until: number, now: number) =>
        store.close(lane, item(sk), { ...closing, expiresAt: until }, now);
      for (let index = 0; index < closedItemsMax; index++) await close(String(index), 100 + index, 50);
      await expect(close('more', 900, 99)).rejects.toThrow(`cannot write ${closedItemsMax + 1} items`);
      await close('7', 900, 99);
      await close('more', 900, 101);
      const { closed } = await store.mayFold(lane);
      expect(closed.size).toBe(closedItemsMax - 1);
      expect([closed.has(keyText(item('1'))), closed.has(keyText(item('2')))]).toEqual([false, true]);
    });
  });
}
