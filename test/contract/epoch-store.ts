import { describe, expect, it } from 'vitest';
import { laneOf, positionOf } from '../../functions/contract/position.ts';
import type { EpochStore } from '../../functions/sites/epoch-store.ts';

const lane = laneOf(0, 'shardId-000000000000');
const other = laneOf(0, 'shardId-000000000001');

/** What every epoch store does. `make` gives an empty one. */
export function describeEpochStore(name: string, make: () => Promise<EpochStore>): void {
  describe(`epochs in ${name}`, () => {
    it('have no pointer until it moves', async () => {
      expect(await (await make()).pointer()).toBeNull();
    });

    it('move from the epoch that is in use, once, and are handed over until they are settled', async () => {
      const store = await make();
      expect(await store.switchTo('1', '2', 7)).toBe(true);
      expect(await store.pointer()).toEqual({ epoch: '2', handover: true, movedAt: 7 });
      expect(await store.switchTo('1', '3', 8)).toBe(false);
      await store.settle('2');
      expect(await store.pointer()).toEqual({ epoch: '2', handover: false, movedAt: 7 });
      expect(await store.switchTo('2', '3', 9)).toBe(true);
      await store.settle('2');
      expect(await store.pointer()).toEqual({ epoch: '3', handover: true, movedAt: 9 });
    });

    it('have nothing to settle before the first move', async () => {
      const store = await make();
      await store.settle('1');
      expect(await store.pointer()).toBeNull();
    });

    it('know of each lane how far it is built', async () => {
      const store = await make();
      expect(await store.built('2', lane)).toBeNull();
      await store.setBuilt('2', lane, positionOf('7'));
      await store.setBuilt('2', lane, positionOf('9'));
      expect(await store.built('2', lane)).toBe(positionOf('9'));
      expect(await store.built('2', other)).toBeNull();
      expect(await store.built('3', lane)).toBeNull();
    });

    it('are begun one after the other', async () => {
      const store = await make();
      expect(await store.build()).toBeNull();
      expect(await store.beginBuild({ epoch: '3', from: '1' }, '2')).toBe(false);
      expect(await store.beginBuild({ epoch: '2', from: '1' }, null)).toBe(true);
      expect(await store.beginBuild({ epoch: '3', from: '1' }, null)).toBe(false);
      expect(await store.build()).toEqual({ epoch: '2', from: '1' });
      expect(await store.beginBuild({ epoch: '3', from: '2' }, '2')).toBe(true);
      expect(await store.beginBuild({ epoch: '4', from: '2' }, '2')).toBe(false);
      expect(await store.build()).toEqual({ epoch: '3', from: '2' });
    });

    it("are one holder's at a time, until it gives no more sign", async () => {
      const store = await make();
      expect(await store.hold('a', 100, 130)).toBeNull();
      expect(await store.hold('b', 110, 140)).toBe(130);
      expect(await store.hold('a', 120, 150)).toBeNull();
      expect(await store.hold('b', 149, 200)).toBe(150);
      expect(await store.hold('b', 150, 200)).toBeNull();
      expect(await store.hold('a', 151, 181)).toBe(200);
    });
  });
}
