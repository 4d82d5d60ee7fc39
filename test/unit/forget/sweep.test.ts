import { describe, expect, it, vi } from 'vitest';
import { memoryArchiveStore } from '../../../functions/archive/archive-store.memory.ts';
import { quietMs } from '../../../functions/forget/erase.ts';
import { enforceRetention } from '../../../functions/forget/retention.ts';
import { type SweepPorts, sweep } from '../../../functions/forget/sweep.ts';
import { memoryVisitorErasureStore } from '../../../functions/sites/visitor-erasure-store.memory.ts';
import { quietly } from '../../law/drive.ts';
import { configOf, recordOf, site, view } from '../aggregate/given.ts';
import { now } from '../archive/archived-world.ts';
import { ErasedWorld } from './erased-world.ts';

quietly();

const visitor = '000f000000000001';

async function worldOf(): Promise<{ world: ErasedWorld; ports: SweepPorts; expired: [string, number][] }> {
  const world = new ErasedWorld([recordOf({ visitor, receivedAt: now - 3_600_000, events: [view()] })]);
  await world.finish();
  const expired: [string, number][] = [];
  const erasures = memoryVisitorErasureStore();
  await erasures.put(world.request({ visitor }));
  const { archive, admissions, visitorsOf, clock } = world.erasePorts();
  const ports: SweepPorts = {
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
    holder: 'sweep',
    every: () => () => undefined,
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
