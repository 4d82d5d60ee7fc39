import { describe, expect, it, vi } from 'vitest';
import { memoryArchiveStore } from '../../../functions/archive/archive-store.memory.ts';
import type { ArchiveStore } from '../../../functions/archive/archive-store.ts';
import { hourKey } from '../../../functions/contract/counter.ts';
import { quietMs } from '../../../functions/forget/erase.ts';
import type { OldCapturePorts } from '../../../functions/forget/old-captures.ts';
import type { OldDayPorts } from '../../../functions/forget/old-days.ts';
import { enforceRetention } from '../../../functions/forget/retention.ts';
import { type SweepPorts, sweep } from '../../../functions/forget/sweep.ts';
import { memoryVisitorErasureStore } from '../../../functions/sites/visitor-erasure-store.memory.ts';
import { memoryPartitions } from '../../../functions/store/partitions.memory.ts';
import { quietly } from '../../law/drive.ts';
import { configOf, recordOf, site, view } from '../aggregate/given.ts';
import { now } from '../archive/archived-world.ts';
import { ErasedWorld } from './erased-world.ts';

quietly();

const visitor = '000f000000000001';

type Ports = SweepPorts & OldDayPorts & OldCapturePorts;

async function worldOf(): Promise<{
  world: ErasedWorld;
  ports: Ports & { captures: ArchiveStore };
  expired: [string, number][];
}> {
  const world = new ErasedWorld([recordOf({ visitor, receivedAt: now - 3_600_000, events: [view()] })]);
  await world.finish();
  const expired: [string, number][] = [];
  const erasures = memoryVisitorErasureStore();
  await erasures.put(world.request({ visitor }));
  const { archive, admissions, visitorsOf, clock } = world.erasePorts();
  const ports: Ports & { captures: ArchiveStore } = {
    archive,
    admissions,
    visitorsOf,
    clock,
    erasures,
    sites: { ...world.auditPorts().sites, all: async () => ['gone', site] },
    salts: { deleteExpired: async (of, _zone, at) => void expired.push([of, at]) },
    epochs: world.epochs,
    configuredEpoch: '1',
    archiveRetentionDays: 400,
    captures: memoryArchiveStore(),
    captureRetentionDays: 90,
    holder: 'sweep',
    every: () => () => undefined,
    counterItems: world.counters,
    admissionItems: memoryPartitions(),
    hasTime: () => true,
  };
  return { world, ports, expired };
}

describe('the sweep', () => {
  it('deletes salts, waits with who may still be there, and erases who was asked for once they are quiet', async () => {
    const { world, ports, expired } = await worldOf();
    expect(await sweep(ports)).toMatchObject({ sites: 2, erased: 0, waiting: 1, failures: 0 });
    const [waiting] = await ports.erasures.list(site, 9);
    expect(waiting).toMatchObject({ state: 'waiting', at: now - 3_600_000 + quietMs, visitor });
    world.age();
    expect(await sweep(ports)).toMatchObject({ erased: 1, waiting: 0, failures: 0 });
    expect(JSON.stringify(await ports.erasures.list(site, 9))).not.toContain(visitor);
    expect(await world.stored([visitor])).not.toContain(visitor);
    expect(await sweep(ports)).toMatchObject({ erased: 0, waiting: 0 });
    expect(expired.map(([of]) => of)).toEqual([site, site, site]);
  });

  it('does not look at an erasure before its time', async () => {
    const { world, ports } = await worldOf();
    await sweep(ports);
    const put = vi.spyOn(ports.erasures, 'put');
    world.age(60_000);
    await sweep(ports);
    expect(put).not.toHaveBeenCalled();
  });

  it('erases nobody between a rebuild’s beginning and its end, or while another is at work', async () => {
    const { world, ports } = await worldOf();
    world.age();
    await world.epochs.beginBuild({ epoch: '2', from: '1' }, null);
    expect(await sweep(ports)).toMatchObject({ erased: 0, waiting: 1, failures: 0 });
    expect((await ports.erasures.list(site, 9))[0]?.why).toMatch(/rebuild/);
    await world.rebuildNow();
    await world.epochs.hold('a rebuild', now + world.laterMs, now + world.laterMs + 10_000_000);
    world.age(world.laterMs + 3_700_000);
    expect(await sweep(ports)).toMatchObject({ erased: 0, failures: 1 });
    world.age(world.laterMs + 10_000_000);
    expect(await sweep(ports)).toMatchObject({ erased: 1, failures: 0 });
    expect((await world.audit('2')).differences).toEqual([]);
  });

  it('lets one site’s failure keep no other waiting', async () => {
    const { ports } = await worldOf();
    const { current } = ports.sites;
    ports.sites.current = async (of) => (of === 'gone' ? Promise.reject(new Error('throttled')) : current(of));
    expect(await sweep(ports)).toMatchObject({ sites: 2, failures: 1, waiting: 1 });
  });

  it('lets no erasure that fails, or takes all the time there is, keep another waiting', async () => {
    const { world, ports } = await worldOf();
    world.age();
    const slow = { ...world.request({ visitor: '000f000000000002' }), id: '0000000000000001', at: 0 };
    await ports.erasures.put(slow);
    // Long ago: more than are shown were asked for since.
    for (let n = 2; n < 300; n++) {
      await ports.erasures.put({ ...slow, id: String(n).padStart(16, '0'), state: 'done' });
    }
    let reads = 0;
    const hasTime = () => reads === 0;
    const { get } = ports.archive;
    const archive = {
      ...ports.archive,
      async get(key: string) {
        reads += 1;
        return get(key);
      },
    };
    const run = () => {
      reads = 0;
      return sweep({ ...ports, archive, hasTime });
    };
    expect(await run()).toMatchObject({ erased: 0, failures: 1 });
    const tried = (await ports.erasures.waiting(site)).find(({ id }) => id === slow.id);
    expect(tried).toMatchObject({ at: ports.clock() + 3_600_000, why: expect.stringMatching(/tried again/) });
    // Now it is the other’s turn, which has the time.
    expect(await sweep(ports)).toMatchObject({ erased: 1, waiting: 1, failures: 0 });
  });

  it('keeps of a site’s archive what the site wants, never more than the installation', async () => {
    const { world, ports } = await worldOf();
    const keys = ['2026-11-20', '2026-11-21', '2026-11-22'].map((date) => `redriven/site=${site}/date=${date}/x.json`);
    for (const key of keys) await world.archive.put(key, Buffer.from('{}'), 'application/json');
    ports.sites.current = async () => Object.assign(configOf(), { retentionDays: 2 });
    expect(await sweep(ports)).toMatchObject({ expiredObjects: 1 });
    ports.archiveRetentionDays = 1;
    expect(await sweep(ports)).toMatchObject({ expiredObjects: 1 });
    expect(await world.archive.keys('redriven/')).toEqual(keys.slice(2));
  });
});

describe('the sweep of pictures', () => {
  it('goes by what the site keeps, and counts what went', async () => {
    const { ports } = await worldOf();
    const takenAt = [2, 3, 4].map((days) => now - days * 86_400_000);
    for (const at of takenAt) await ports.captures.put(`captures/${site}/p/mobile/${at}.jpg`, new Uint8Array(), '');
    ports.sites.current = async (of) => (of === site ? Object.assign(configOf(), { retentionDays: 1 }) : null);
    expect(await sweep(ports)).toMatchObject({ failures: 0, expiredObjects: 4 });
    expect(await ports.captures.keys('captures/')).toEqual([`captures/${site}/p/mobile/${takenAt[0]}.jpg`]);
  });
});

describe('the sweep of a day’s hours', () => {
  /** Of every epoch there has been; of each, a day that is no longer kept, one that is about to go, and one that is kept. */
  const days = ['2026-11-10', '2026-11-18', '2026-11-21'];
  const keyOf = (of: string, day: string) => hourKey(of, site, day, Date.parse(day));
  const pksOf = (...kept: string[]) => ['1', '2'].flatMap((of) => kept.map((day) => keyOf(of, day).pk)).sort();

  async function swept(retentionDays: number) {
    const { world, ports } = await worldOf();
    const counterItems = memoryPartitions(['1', '2'].flatMap((of) => days.map((day) => keyOf(of, day))));
    await world.epochs.beginBuild({ epoch: '2', from: '1' }, null);
    ports.sites.current = async (of) => (of === site ? Object.assign(configOf(), { retentionDays }) : null);
    const run = async () => {
      let items = 0;
      for (let hour = 0; hour < 24; hour++) {
        const clock = () => now + hour * 3_600_000;
        const { expiredItems, failures } = await sweep({ ...ports, counterItems, clock });
        expect(failures).toBe(0);
        items += expiredItems;
      }
      return items;
    };
    return { run, left: () => [...counterItems.partitions.keys()].sort() };
  }

  it('takes the counters of days that the site no longer keeps, in every epoch, and of no other', async () => {
    const { run, left } = await swept(2);
    expect(await run()).toBe(4);
    expect(left()).toEqual(pksOf('2026-11-21'));
    expect(await run()).toBe(0);
  });

  it('takes none of a site that keeps them for as long as they are kept at all', async () => {
    const { run, left } = await swept(400);
    expect(await run()).toBe(0);
    expect(left()).toEqual(pksOf(...days));
  });

  it('takes none while the archive can’t be swept: no record may outlive its day', async () => {
    const { ports } = await worldOf();
    const counterItems = memoryPartitions(days.map((day) => keyOf('1', day)));
    ports.sites.current = async () => Object.assign(configOf(), { retentionDays: 2 });
    ports.archive = { ...ports.archive, keys: () => Promise.reject(new Error('away')) };
    for (let hour = 0; hour < 24; hour++) {
      const swept = await sweep({ ...ports, counterItems, clock: () => now + hour * 3_600_000 });
      expect(swept).toMatchObject({ failures: 2, expiredItems: 0 });
    }
    expect(counterItems.partitions.size).toBe(3);
  });
});

describe('retention', () => {
  it('goes by the date in the name, in every place where records are kept, of one site', async () => {
    const archive = memoryArchiveStore();
    const places = ['events', 'residue', 'failed', 'redriven'];
    const keyOf = (place: string, of: string, date: string) => `${place}/site=${of}/date=${date}/hour=09/o`;
    for (const place of places) {
      for (const of of ['demo', 'demo2']) {
        for (const date of ['2026-10-23', '2026-10-24', '2026-11-23']) {
          await archive.put(keyOf(place, of, date), new Uint8Array(), '');
        }
      }
    }
    expect(await enforceRetention('demo', 30, archive, now)).toBe(4);
    const left = [...archive.objects.keys()];
    expect(left.filter((key) => key.includes('date=2026-10-23')).every((key) => key.includes('demo2'))).toBe(true);
    expect(left).toHaveLength(20);
  });
});
