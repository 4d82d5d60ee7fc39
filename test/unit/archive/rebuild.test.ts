import { describe, expect, it } from 'vitest';
import { auditDay } from '../../../localstack/audit/audit-day.ts';
import { rebuild } from '../../../localstack/rebuild/rebuild.ts';
import { quietly } from '../../law/drive.ts';
import { small, traffic } from '../../law/traffic.ts';
import { recordOf, site, view } from '../aggregate/given.ts';
import { day, now } from './archived-world.ts';
import { type Interruption, RebuildWorld, twoShards } from './rebuild-world.ts';

quietly();

/** Every step of a rebuild in turn: many runs, on a machine that may be busy. */
const longMs = 180_000;
const choice = { auditDays: 1, again: false };
const visits = { ...small, seed: 8, visitors: 7, loadsOfFirst: 6, batchesPerLoad: 5, foreign: 0.3 };
const records = traffic(visits);
/** Nothing is put back on the stream, where it would come later than it first did: each visitor's records have one order. */
const ownRecords = traffic({ ...visits, foreign: 0 });

/** A world in which a third of the visitors' records have come, and some of them are counted and archived. */
async function worldOf(seed: number, coming = records): Promise<RebuildWorld> {
  const world = new RebuildWorld(coming, seed, twoShards);
  world.arrive(Math.floor(coming.length / 3));
  await world.process(5, 12);
  await world.archiveAll(4, 9);
  return world;
}

async function rebuilt(seed: number, interruption: Interruption | null = null): Promise<RebuildWorld> {
  const world = await worldOf(seed);
  world.interruption = interruption;
  const report = await world.rebuild();
  expect(report.differences).toEqual([]);
  await world.finish();
  return world;
}

const pks = [`${site}|hour|${day}`, `${site}|page|${day}`, `${site}|value|${day}`];

/** What a world comes to that is never rebuilt: of sums that no order of records changes. */
async function sumsOf(world: RebuildWorld, of: string): Promise<Record<string, number>> {
  const sums: Record<string, number> = {};
  for (const [key, counters] of await world.countsOf(of, pks)) {
    const what = key.split('|')[1];
    for (const name of what === 'hour' ? ['pv', 'ev', 'vi'] : ['pv']) {
      sums[`${what} ${name}`] = (sums[`${what} ${name}`] ?? 0) + (counters[name] ?? 0);
    }
  }
  return sums;
}
let clean: Promise<RebuildWorld> | undefined;
function cleanWorld(): Promise<RebuildWorld> {
  clean ??= (async () => {
    const world = new RebuildWorld(records, 1, twoShards);
    await world.finish();
    return world;
  })();
  return clean;
}

async function expectRight(world: RebuildWorld): Promise<void> {
  expect(await world.epochs.pointer()).toMatchObject({ epoch: '2', handover: false });
  const { differences, items, underWay } = await auditDay('2', site, day, world.auditPorts('2'));
  expect(differences).toEqual([]);
  expect(items).toBeGreaterThan(15);
  expect(underWay).toBe(0);
  expect(await sumsOf(world, '2')).toEqual(await sumsOf(await cleanWorld(), '1'));
}

describe('a rebuild', () => {
  it.each([1, 2, 3])('comes to what was counted before, and the processor goes on in it (seed %i)', async (seed) => {
    const world = await worldOf(seed, ownRecords);
    await world.rebuild();
    await world.finish();
    const counted = await world.countsOf('2', pks);
    expect(counted.size).toBeGreaterThan(8);
    const clean = new RebuildWorld(ownRecords, 1, twoShards);
    await clean.finish();
    expect(counted).toEqual(await clean.countsOf('1', pks));
  });

  it.each(Array.from({ length: 41 }, (_, index) => index + 1))(
    'is right however it and the processor take turns (seed %i)',
    async (seed) => {
      await expectRight(await rebuilt(seed));
    },
  );

  it('counts goals that were set up later for what came before, and goes on so', async () => {
    const goals = [`${site}|goal|${day}`];
    const clean = new RebuildWorld(ownRecords, 1, twoShards);
    await clean.finish();
    const wanted = await clean.countsOf('1', goals);
    expect(wanted.size).toBe(4);

    const world = new RebuildWorld(ownRecords, 1, twoShards);
    world.goalsSince = 2;
    world.arrive(Math.floor(ownRecords.length / 2));
    await world.process(5, 12);
    await world.archiveAll(4, 9);
    expect((await world.countsOf('1', goals)).size).toBe(0);
    // Every record names the version before: those that are still to come, too.
    world.configs.add(2);
    expect((await world.rebuild()).differences).toEqual([]);
    await world.finish();
    expect(await world.countsOf('2', goals)).toEqual(wanted);
    expect((await auditDay('2', site, day, world.auditPorts('2'))).differences).toEqual([]);
  });

  it('mends what was counted wrong', async () => {
    const world = await worldOf(1);
    const add = world.addItem;
    world.addItem = async (lane, item) => {
      const parts = item.parts.map((part) => ({ ...part, counters: { ...part.counters, pv: 7 } }));
      return add(lane, item.key.pk.startsWith('1|') ? { ...item, parts } : item);
    };
    await world.rebuild();
    await world.finish();
    await expectRight(world);
  });

  it('is not switched to when it differs from the archive', async () => {
    const world = await worldOf(1);
    const add = world.addItem;
    world.addItem = async (lane, item) =>
      item.key.pk.startsWith('2|') && item.key.pk.includes('|hour|')
        ? { outcome: 'counted', totals: { key: item.key, counters: {}, texts: {} } }
        : add(lane, item);
    const { differences } = await world.rebuild();
    expect(differences.length).toBeGreaterThan(0);
    expect(await world.epochs.pointer()).toBeNull();
  });

  it('can be made again, and again', async () => {
    const world = await rebuilt(1);
    await world.rebuild();
    expect((await world.epochs.pointer())?.epoch).toBe('3');
    await world.process();
    expect((await auditDay('3', site, day, world.auditPorts('3'))).differences).toEqual([]);
  });

  it('puts back what names another visitor than its owner, where the processor has not met it yet', async () => {
    const [owner, other] = ['00000000000000aa', '00000000000000cc'];
    const sent = [
      { visitor: owner, load: '00000000000000a1', n: 0 },
      { visitor: other, load: '00000000000000a1', n: 1 },
      { visitor: other, load: '00000000000000a2', n: 0 },
    ];
    const receivedAt = now - 3_600_000;
    const own = sent.map((one) => recordOf({ ...one, receivedAt, events: [view()] }));
    const world = new RebuildWorld(own, 1, () => 0);
    world.arrive(3);
    await world.process(1, 1);
    world.isAlone = true;
    await world.rebuild();
    await world.finish();
    expect(await sumsOf(world, '2')).toMatchObject({ 'hour pv': 3, 'hour vi': 2 });
  });
});

describe('a build that was begun', () => {
  async function given(world: RebuildWorld, differs = true): Promise<void> {
    const add = world.addItem;
    world.addItem = async (lane, item) => {
      const isLost = differs && item.key.pk.startsWith('2|') && item.key.pk.includes('|hour|');
      return isLost ? { outcome: 'counted', totals: { key: item.key, counters: {}, texts: {} } } : add(lane, item);
    };
  }

  it('is gone on with, and given up only when that is said: its number is not used again', async () => {
    const world = await worldOf(1);
    await given(world);
    expect((await world.rebuild()).epoch).toBe('2');
    const second = await world.rebuild();
    expect([second.epoch, second.differences.length > 0]).toEqual(['2', true]);
    expect(await world.rebuild(true)).toMatchObject({ epoch: '3', from: '1', differences: [] });
    await world.finish();
    expect((await auditDay('3', site, day, world.auditPorts('3'))).differences).toEqual([]);
    expect((await world.rebuild()).epoch).toBe('4');
  });

  it('is given up when another epoch has come into use', async () => {
    const world = await worldOf(1);
    await given(world);
    await world.rebuild();
    await world.epochs.switchTo('1', '7', now);
    await world.epochs.settle('7');
    expect(await world.rebuild()).toMatchObject({ epoch: '8', from: '7', differences: [] });
  });

  it('is one rebuild at a time: of two that begin, one is told', async () => {
    const world = await worldOf(1);
    const ports = world.rebuildPorts();
    const beginBuild: typeof ports.epochs.beginBuild = async (build, before) => {
      await world.epochs.beginBuild({ ...build, epoch: '5' }, before);
      return ports.epochs.beginBuild(build, before);
    };
    const late = rebuild({ ...ports, epochs: { ...ports.epochs, beginBuild } }, choice);
    await expect(late).rejects.toThrow('another rebuild was begun at the same moment');
  });

  it('is not switched to when the pointer has gone elsewhere meanwhile', async () => {
    const world = await worldOf(1);
    const ports = world.rebuildPorts();
    const audit: typeof ports.audit = async (...about) => {
      const report = await ports.audit(...about);
      await world.epochs.switchTo('1', '9', now);
      return report;
    };
    const late = rebuild({ ...ports, audit }, choice);
    await expect(late).rejects.toThrow('the pointer does not stand at epoch 1 any more');
    expect((await world.epochs.pointer())?.epoch).toBe('9');
  });

  it.each([
    ['soon', 0, 0],
    ['so late that the stream may have lost some of it', 13 * 3_600_000, 1],
  ])('is handed over by the next rebuild, when that comes %s', async (_, later, reads) => {
    const world = await worldOf(1);
    const ports = world.rebuildPorts();
    const mark = () => Promise.reject(new Error('no answer'));
    const broken = rebuild({ ...ports, mark }, choice);
    await expect(broken).rejects.toThrow('nothing is counted until this is run again');
    expect(await world.epochs.pointer()).toMatchObject({ epoch: '2', handover: true });
    world.later = later;
    let listed = 0;
    const keys: typeof ports.archive.keys = (prefix) => {
      listed += prefix === 'events/' ? 1 : 0;
      return ports.archive.keys(prefix);
    };
    const report = await rebuild({ ...world.rebuildPorts(), archive: { ...ports.archive, keys } }, choice);
    expect([report.epoch, report.from, listed]).toEqual(['2', '1', reads]);
    await world.finish();
    await expectRight(world);
  });
});

it('a rebuild is right however late the stream tells what it has', async () => {
  for (let seed = 2; seed <= 6; seed++) {
    const world = await worldOf(seed);
    world.hiddenMax = 12;
    await world.rebuild();
    await world.finish();
    await expectRight(world);
  }
});

describe('a rebuild is wrong, and these tests tell', () => {
  /** Whether any of some worlds, broken like this, is not what it should be. */
  async function isNoticed(breakIt: (world: RebuildWorld) => void): Promise<boolean> {
    for (let seed = 12; seed <= 24; seed++) {
      const world = await worldOf(seed);
      breakIt(world);
      await world.rebuild();
      await world.finish();
      const isRight = await expectRight(world).then(
        () => true,
        () => false,
      );
      if (!isRight) return true;
    }
    return false;
  }

  it('when the processor does not wait for what is handed over', async () => {
    const breakIt = (world: RebuildWorld) => {
      world.gate = { enter: async () => (await world.epochs.pointer())?.epoch ?? '1' };
    };
    expect(await isNoticed(breakIt)).toBe(true);
  });

  it('when what was counted up to the switch is not counted again', async () => {
    const breakIt = (world: RebuildWorld) => {
      world.marks = false;
      world.hiddenMax = 12;
    };
    expect(await isNoticed(breakIt)).toBe(true);
  });
});

describe('a rebuild that is interrupted', () => {
  it.each(['before', 'after'] as const)(
    '%s any of its steps goes on where it was',
    { timeout: longMs },
    async (when) => {
      const { steps } = await rebuilt(1);
      expect(steps).toBeGreaterThan(100);
      for (let at = when === 'before' ? 1 : 2; at < steps; at += 5) {
        const world = await rebuilt(1, { at, when });
        await expectRight(world).catch((error) => {
          throw new Error(`interrupted ${when} step ${at} of ${steps}`, { cause: error });
        });
      }
    },
  );
});
