import { describe, expect, it } from 'vitest';
import { type Lane, type Position, positionOf } from '../../functions/contract/position.ts';
import { type RetiredVersion, versionsKeptMax } from '../../functions/store/retired-version.ts';
import type { VisitorStore } from '../../functions/store/visitor-store.ts';

const lane = '0_0' as Lane;
const otherLane = '0_1' as Lane;
const at = (index: number): Position =>
  positionOf(`4959033827149025660855969253836157109592157598913655${1000 + index}`);

const now = 1_800_000_000;
let sites = 0;
const freshSite = () => `site-${++sites}`;

function change(before: Position | null, position: Position, state = 'state', expiresAt = now + 100) {
  return { lane, guardBefore: before, position, state, expiresAt };
}

function version(index: number, ofLane = lane): RetiredVersion {
  return { lane: ofLane, position: at(index), text: `as of ${index}` };
}
const [oldest, newest, child] = [version(3), version(7), version(1, otherLane)];

/** What every visitor store does. */
export function describeVisitorStore(name: string, make: () => VisitorStore): void {
  describe(`visitor states in ${name}`, () => {
    it('loads what was saved, of several visitors at once, without those that have none', async () => {
      const store = make();
      const site = freshSite();
      await store.save(site, 'ada', change(null, at(1), '{"n":1}'));
      await store.save(site, 'bob', change(null, at(2), 'ü'));
      const found = await store.load(site, ['ada', 'bob', 'eve', 'ada'], now);
      expect(found).toEqual(
        new Map([
          ['ada', { state: '{"n":1}', guards: { [lane]: at(1) } }],
          ['bob', { state: 'ü', guards: { [lane]: at(2) } }],
        ]),
      );
      expect(await store.load(site, [], now)).toEqual(new Map());
    });

    it('loads more visitors than one batch of reads holds', async () => {
      const store = make();
      const site = freshSite();
      const visitors = Array.from({ length: 230 }, (_, index) => `visitor-${index}`);
      await Promise.all(visitors.map((visitor) => store.save(site, visitor, change(null, at(1), visitor))));
      const found = await store.load(site, visitors, now);
      expect(visitors.every((visitor) => found.get(visitor)?.state === visitor)).toBe(true);
    });

    it('keeps the visitors of one site from those of another', async () => {
      const store = make();
      await store.save(freshSite(), 'ada', change(null, at(1)));
      expect(await store.load(freshSite(), ['ada'], now)).toEqual(new Map());
    });

    it('saves again on the guard that was loaded', async () => {
      const store = make();
      const site = freshSite();
      expect(await store.save(site, 'ada', change(null, at(1), 'one'))).toBe('saved');
      expect(await store.save(site, 'ada', change(at(1), at(5), 'two'))).toBe('saved');
      expect((await store.load(site, ['ada'], now)).get('ada')).toEqual({ state: 'two', guards: { [lane]: at(5) } });
    });

    it('is superseded where another attempt has saved at or past the position, and writes nothing', async () => {
      const store = make();
      const site = freshSite();
      await store.save(site, 'ada', change(null, at(5), 'theirs'));
      expect(await store.save(site, 'ada', change(null, at(5), 'ours'))).toBe('superseded');
      expect(await store.save(site, 'ada', change(at(1), at(3), 'ours'))).toBe('superseded');
      expect((await store.load(site, ['ada'], now)).get('ada')?.state).toBe('theirs');
    });

    it('throws where the guard is neither, and writes nothing', async () => {
      const store = make();
      const site = freshSite();
      await store.save(site, 'ada', change(null, at(2), 'theirs'));
      await expect(store.save(site, 'ada', change(null, at(5)))).rejects.toThrow('ran twice');
      await expect(store.save(site, 'ada', change(at(1), at(5)))).rejects.toThrow('ran twice');
      await expect(store.save(site, 'eve', change(at(1), at(5)))).rejects.toThrow('ran twice');
      expect((await store.load(site, ['ada', 'eve'], now)).get('ada')?.state).toBe('theirs');
      expect((await store.load(site, ['eve'], now)).size).toBe(0);
    });

    it('lets one of two attempts at the same batch save', async () => {
      const store = make();
      const site = freshSite();
      const saving = [1, 2, 3].map(() => store.save(site, 'ada', change(null, at(4))));
      expect((await Promise.all(saving)).sort()).toEqual(['saved', 'superseded', 'superseded']);
    });

    it('keeps the guards of several lanes', async () => {
      const store = make();
      const site = freshSite();
      await store.save(site, 'ada', change(null, at(90), 'parent'));
      await store.save(site, 'ada', { ...change(null, at(1), 'child'), lane: otherLane });
      expect((await store.load(site, ['ada'], now)).get('ada')).toEqual({
        state: 'child',
        guards: { [lane]: at(90), [otherLane]: at(1) },
      });
    });

    it('does not load a state past its time, whether or not it has been deleted', async () => {
      const store = make();
      const site = freshSite();
      await store.save(site, 'ada', change(null, at(1), 'old', now));
      expect((await store.load(site, ['ada'], now - 1)).size).toBe(1);
      expect((await store.load(site, ['ada'], now)).size).toBe(0);
    });

    it('begins anew where a state was past its time, guards and all', async () => {
      const store = make();
      const site = freshSite();
      await store.save(site, 'ada', change(null, at(1), 'old', now - 1));
      await store.save(site, 'ada', { ...change(null, at(9), 'old', now - 1), lane: otherLane });
      expect((await store.load(site, ['ada'], now)).size).toBe(0);
      expect(await store.save(site, 'ada', change(null, at(7), 'new'))).toBe('saved');
      expect((await store.load(site, ['ada'], now)).get('ada')).toEqual({ state: 'new', guards: { [lane]: at(7) } });
    });
  });

  describe(`load claims in ${name}`, () => {
    it('go to the first who claims, for good', async () => {
      const store = make();
      const site = freshSite();
      expect(await store.claimLoad(site, 'load', 'ada', now)).toEqual({ visitor: 'ada', retired: [] });
      expect(await store.claimLoad(site, 'load', 'bob', now)).toEqual({ visitor: 'ada', retired: [] });
      expect(await store.claimLoad(site, 'load', 'ada', now)).toEqual({ visitor: 'ada', retired: [] });
    });

    it('go to one of several who claim at once', async () => {
      const store = make();
      const site = freshSite();
      const claims = await Promise.all(['ada', 'bob', 'eve'].map((one) => store.claimLoad(site, 'load', one, now)));
      expect(new Set(claims.map(({ visitor }) => visitor)).size).toBe(1);
    });

    it('are kept apart by site', async () => {
      const store = make();
      await store.claimLoad(freshSite(), 'load', 'ada', now);
      expect(await store.claimLoad(freshSite(), 'load', 'bob', now)).toEqual({ visitor: 'bob', retired: [] });
    });

    it('keep each version of what was retired, newest first, in whatever order and however often they were written', async () => {
      const store = make();
      const site = freshSite();
      await store.claimLoad(site, 'load', 'ada', now);
      for (const version of [child, newest, oldest, newest]) await store.retireLoad(site, 'load', version, {}, now);
      expect(await store.claimLoad(site, 'load', 'bob', now)).toEqual({
        visitor: 'ada',
        retired: [child, newest, oldest],
      });
    });

    it('order lanes by generation, then by shard, as numbers', async () => {
      const store = make();
      const site = freshSite();
      const lanes = ['0_9', '1_0', '0_z', '0_10', 'z_0', '10_0'] as Lane[];
      for (const one of lanes) await store.retireLoad(site, 'load', { ...oldest, lane: one }, {}, now);
      const { retired } = await store.claimLoad(site, 'load', 'ada', now);
      expect(retired.map((one) => one.lane)).toEqual(['10_0', 'z_0', '1_0', '0_10', '0_z', '0_9']);
    });

    it('drop the oldest versions that a state knows better than, those written late among them', async () => {
      const store = make();
      const site = freshSite();
      await store.claimLoad(site, 'load', 'ada', now);
      const versions = Array.from({ length: versionsKeptMax + 3 }, (_, index) => version(index));
      for (const one of versions) await store.retireLoad(site, 'load', one, { [lane]: one.position }, now);
      await store.retireLoad(site, 'load', version(1), { [lane]: at(versionsKeptMax + 3) }, now);
      const kept = versions.slice(3).reverse();
      expect(await store.claimLoad(site, 'load', 'ada', now)).toEqual({ visitor: 'ada', retired: kept });
    });

    it('drop no version that a stored state may ask for, however many are ahead of it', async () => {
      const store = make();
      const site = freshSite();
      const versions = Array.from({ length: versionsKeptMax + 3 }, (_, index) => version(index));
      for (const one of versions) await store.retireLoad(site, 'load', one, { [lane]: at(1) }, now);
      const { retired } = await store.claimLoad(site, 'load', 'ada', now);
      expect(retired).toEqual(versions.slice(1).reverse());
      for (const one of versions) await store.retireLoad(site, 'load', one, {}, now);
      expect((await store.claimLoad(site, 'load', 'ada', now)).retired).toHaveLength(versions.length);
    });

    it('can be made of a load that was retired after its claim had expired', async () => {
      const store = make();
      const site = freshSite();
      await store.retireLoad(site, 'load', oldest, {}, now);
      expect(await store.claimLoad(site, 'load', 'ada', now)).toEqual({ visitor: 'ada', retired: [oldest] });
      expect(await store.claimLoad(site, 'load', 'bob', now)).toEqual({ visitor: 'ada', retired: [oldest] });
    });
  });

  describe('what is forgotten', () => {
    it('is one visitor’s state, and one load’s claim with what is kept beside it', async () => {
      const store = make();
      const site = freshSite();
      const change = { lane, guardBefore: null, position: at(1), state: 'state', expiresAt: now + 60 };
      for (const visitor of ['ada', 'bob']) await store.save(site, visitor, change);
      for (const load of ['one', 'two']) await store.claimLoad(site, load, 'ada', now);
      await store.retireLoad(site, 'one', oldest, {}, now);
      await store.forget(site, 'ada');
      await store.forgetLoad(site, 'one');
      expect([...(await store.load(site, ['ada', 'bob'], now)).keys()]).toEqual(['bob']);
      expect([await store.ownerOf(site, 'one'), await store.ownerOf(site, 'two')]).toEqual([null, 'ada']);
      expect(await store.claimLoad(site, 'one', 'bob', now)).toEqual({ visitor: 'bob', retired: [] });
      await store.forget(site, 'nobody');
      await store.forgetLoad(site, 'none');
    });
  });
}
