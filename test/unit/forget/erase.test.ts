import { describe, expect, it } from 'vitest';
import type { StreamRecord } from '../../../functions/contract/record.ts';
import { quietMs } from '../../../functions/forget/erase.ts';
import { quietly } from '../../law/drive.ts';
import { small, traffic } from '../../law/traffic.ts';
import { recordOf, site, view } from '../aggregate/given.ts';
import { day, now } from '../archive/archived-world.ts';
import { ErasedWorld } from './erased-world.ts';

quietly();

const longMs = 180_000;
/** Such that none can be met by chance within a position. */
const hex = (number: number) => `000f${number.toString(16).padStart(12, '0')}`;
const records = traffic({ ...small, seed: 4, visitors: 5, loadsOfFirst: 14, batchesPerLoad: 4, foreign: 0.4 }).map(
  (record) => ({ ...record, visitor: hex(Number.parseInt(record.visitor, 16)) }),
);
const visitors = [...new Set(records.map(({ visitor }) => visitor))];

/** For crashes at every write. */
const few = records.filter(({ visitor }) => [0, 1, 100].map(hex).includes(visitor));

async function worldOf(all: readonly StreamRecord[] = records): Promise<ErasedWorld> {
  const world = new ErasedWorld(all);
  await world.finish();
  // What was put back for its owner meanwhile.
  await world.archiveAll();
  return world;
}

const loadsOf = (world: ErasedWorld, visitor: string) =>
  [...world.claims].flatMap(([load, owner]) => (owner === visitor ? [load] : []));

const partitions = ['hour', 'page', 'value', 'transition'].map((what) => `${site}|${what}|${day}`);

describe('an erased visitor', () => {
  it.each([0, 1, 2, 3, 4, 100].map(hex))(
    '%s leaves no trace, and every counter is what the archive says',
    async (visitor) => {
      const world = await worldOf();
      expect((await world.audit()).differences).toEqual([]);
      const before = await world.countsOf('1', partitions);
      const loads = loadsOf(world, visitor);
      const sessions = await world.sessions();
      expect(sessions.length).toBeGreaterThan(5);
      world.age();
      const done = await world.erase({ visitor });
      expect(done).toMatchObject({ state: 'done', why: '' });
      expect(done.visitor).toBeUndefined();
      expect(done.records).toBeGreaterThan(0);
      const stored = await world.stored(visitors);
      for (const name of [visitor, ...loads]) expect(stored).not.toContain(name);
      expect(await world.sessions()).toEqual(sessions.filter(({ key }) => !key.sk.endsWith(visitor)));
      const { differences, counters } = await world.audit();
      expect(differences).toEqual([]);
      expect(counters).toBeGreaterThan(100);
      expect(await world.countsOf('1', partitions)).toEqual(before);
    },
  );

  it('is missed by an audit that does not know the residue', async () => {
    const world = await worldOf();
    world.age();
    await world.erase({ visitor: hex(0) });
    for (const key of await world.archive.keys('residue/')) await world.archive.delete(key);
    expect((await world.audit()).differences.length).toBeGreaterThan(10);
  });

  it('is counted by a rebuild all the same, elements and names too', async () => {
    const world = await worldOf();
    const before = await world.countsOf('1', partitions);
    world.age();
    for (const visitor of visitors) await world.erase({ visitor });
    expect(await world.archive.keys('events/')).toEqual([]);
    const { differences, audited } = await world.rebuildNow();
    expect(differences).toEqual([]);
    expect(audited.find((one) => one.day === day)?.counters).toBeGreaterThan(100);
    expect(await world.countsOf('2', partitions)).toEqual(before);
    const elements = async (of: string) => {
      const all = [];
      for (const { pk, counters } of await world.placesOf(of)) all.push(`${pk} ${JSON.stringify(counters)}`);
      return all.sort();
    };
    expect(await elements('2')).toEqual(await elements('1'));
  });

  it('is found by a load of theirs, whoever it was first sent as', async () => {
    const world = await worldOf();
    const [load = ''] = loadsOf(world, hex(0));
    world.age();
    expect(await world.erase({ load })).toMatchObject({ state: 'done' });
    expect(await world.stored(visitors)).not.toContain(hex(0));
    // Also when the claim has expired.
    const later = await worldOf();
    later.age();
    later.claims.clear();
    await later.erase({ load });
    expect(await later.stored(visitors)).not.toContain(load);
    expect((await later.audit()).differences).toEqual([]);
  });

  it('may come back: they are somebody new', async () => {
    const world = await worldOf();
    world.age();
    await world.erase({ visitor: hex(1) });
    world.put(recordOf({ visitor: hex(1), load: hex(77), receivedAt: now + world.laterMs - 60_000, events: [view()] }));
    await world.process();
    await world.archiveAll();
    expect((await world.audit()).differences).toEqual([]);
  });

  it('has nothing left under failed/, decodable or not, while others’ records stay', async () => {
    const world = await worldOf();
    const bad = { ...recordOf({ visitor: hex(1), load: hex(500), receivedAt: now - 3_600_000 }), config: 9 };
    world.put(bad);
    world.put({ ...bad, visitor: hex(2), load: hex(501) });
    world.put(Buffer.from(`{"v":1,"site":"${site}","visitor":"${hex(1)}","cut off`), 0);
    await world.process();
    await world.archiveAll();
    expect(await world.archive.keys('failed/')).toHaveLength(3);
    world.age();
    expect(await world.erase({ visitor: hex(1) })).toMatchObject({ failedRecords: 2 });
    expect(await world.archive.keys('failed/')).toHaveLength(1);
    expect(await world.stored(visitors)).not.toContain(hex(1));
    expect((await world.audit()).differences).toEqual([]);
  });
});

describe('an erasure waits', () => {
  it('until its visitor has been quiet for two days and an hour, and changes nothing before', async () => {
    const world = await worldOf();
    const newest = Math.max(...records.filter((one) => one.visitor === hex(0)).map((one) => one.receivedAt));
    const before = await world.stored(visitors);
    for (const who of [{ visitor: hex(0) }, { load: loadsOf(world, hex(0))[0] ?? '' }]) {
      world.age(newest + quietMs - now - 1);
      expect(await world.erase(who)).toMatchObject({ state: 'waiting', at: newest + quietMs });
    }
    expect(await world.stored(visitors)).toBe(before);
    world.age(newest + quietMs - now);
    expect(await world.erase({ visitor: hex(0) })).toMatchObject({ state: 'done' });
  });

  it('for a visitor that nobody knows until none can come', async () => {
    const world = await worldOf();
    const end = Date.parse(`${day}T00:00:00Z`) + 86_400_000;
    world.age(end + quietMs - now - 1);
    expect(await world.erase({ visitor: hex(999) })).toMatchObject({ state: 'waiting', at: end + quietMs });
    world.age(end + quietMs - now);
    expect(await world.erase({ visitor: hex(999) })).toMatchObject({ state: 'done', records: 0 });
  });

  it('while increments of the site wait for an item that can’t be written', async () => {
    const world = await worldOf();
    world.age();
    const key = `failed/site=${site}/date=${day}/shardId-000000000000-1-2-ab.unwritable-increments.json`;
    await world.archive.put(key, Buffer.from('{}'), 'application/json');
    expect(await world.erase({ visitor: hex(0) })).toMatchObject({
      state: 'waiting',
      why: expect.stringMatching('redrive'),
    });
  });
});

describe('interrupted', () => {
  it('at any step, it ends as if it had not been, and no audit in between finds a difference', {
    timeout: longMs,
  }, async () => {
    const whole = await worldOf(few);
    whole.age();
    await whole.erase({ visitor: hex(0) });
    const wanted = await whole.stored(visitors);
    for (const when of ['before', 'after'] as const) {
      for (let at = 1; at <= whole.eraseSteps; at++) {
        const world = await worldOf(few);
        world.age();
        world.crash = { at, when };
        await world.erase({ visitor: hex(0) }, async () => {
          expect((await world.audit()).differences, `${when} step ${at}`).toEqual([]);
        });
        expect(await world.stored(visitors), `${when} step ${at}`).toBe(wanted);
        expect((await world.audit()).differences, `${when} step ${at}`).toEqual([]);
      }
    }
  });

  it('and rebuilt before it goes on, nothing is lost or counted twice', { timeout: longMs }, async () => {
    const plain = await worldOf(few);
    const wanted = await plain.countsOf('1', partitions);
    plain.age();
    await plain.erase({ visitor: hex(0) });
    for (let at = 1; at <= plain.eraseSteps; at++) {
      const world = await worldOf(few);
      world.age();
      world.crash = { at, when: 'after' };
      await world.erase({ visitor: hex(0) }, async () => {
        expect((await world.rebuildNow()).differences).toEqual([]);
      });
      expect(await world.countsOf('2', partitions), `step ${at}`).toEqual(wanted);
    }
  });
});
