import { describe, expect, it } from 'vitest';
import { parseFailedKey, redrivenKey } from '../../../functions/contract/failed.ts';
import { countFailed, sampleFailed } from '../../../functions/query/failed-records.ts';
import type { ItemIncrements } from '../../../functions/store/counter-store.ts';
import { UnwritableError } from '../../../functions/store/unwritable-error.ts';
import { auditDay } from '../../../localstack/audit/audit-day.ts';
import { redriveIncrements } from '../../../localstack/redrive/increments.ts';
import { redrive } from '../../../localstack/redrive/redrive.ts';
import { quietly } from '../../law/drive.ts';
import { epoch, recordOf, site, view } from '../aggregate/given.ts';
import { ArchivedWorld, day, now } from './archived-world.ts';

quietly();

const good = (n: number) => recordOf({ receivedAt: now - 60_000 + n, n, events: [view()] });
const poison = () => recordOf({ ...good(1), config: 9 });

function ports(world: ArchivedWorld, put = async (data: Uint8Array) => world.put(data, 0)) {
  return { archive: world.archive, counters: world.counters, put, clock: () => now, progress: () => undefined };
}
const keysOf = (world: ArchivedWorld, prefix: string) => world.archive.keys(prefix);
async function pageViews(world: ArchivedWorld): Promise<number> {
  const hours = await world.counters.partition(`${epoch}|${site}|hour|${day}`);
  return hours.reduce((sum, { counters }) => sum + (counters.pv ?? 0), 0);
}

async function poisoned(): Promise<ArchivedWorld> {
  const world = new ArchivedWorld();
  for (const record of [good(0), poison(), good(2)]) world.put(record);
  await world.process();
  return world;
}

describe('a record that was set aside', () => {
  it('waits with its reason while the good ones count', async () => {
    const world = await poisoned();
    expect(await pageViews(world)).toBe(2);
    expect((await keysOf(world, 'failed/')).map(parseFailedKey)).toEqual([
      expect.objectContaining({ site, date: day, reason: 'unknown-config' }),
    ]);
  });

  it('counts once when it is played again, and waits no more', async () => {
    const world = await poisoned();
    const before = await keysOf(world, 'failed/');
    world.configs.add(9);
    expect((await redrive({}, ports(world))).byReason).toEqual(new Map([['unknown-config', 1]]));
    expect((await redrive({}, ports(world))).byReason).toEqual(new Map());
    await world.process();
    await world.archiveAll();
    expect(await pageViews(world)).toBe(3);
    expect(await keysOf(world, 'failed/')).toEqual([]);
    expect(await keysOf(world, 'redriven/')).toEqual(before.map(redrivenKey));
    expect((await auditDay(epoch, site, day, world.auditPorts())).differences).toEqual([]);
  });

  it('goes on the stream again in the order in which it stood, as many at once as were asked for', async () => {
    const world = new ArchivedWorld();
    for (let n = 0; n < 5; n++) world.put(recordOf({ ...good(n), config: 9 }));
    await world.process();
    world.configs.add(9);
    const put: number[] = [];
    const noting = ports(world, async (data) => {
      put.push(JSON.parse(Buffer.from(data).toString('utf8')).n);
      world.put(data, 0);
    });
    expect(await redrive({ recordsMax: 3 }, noting)).toEqual({ byReason: new Map([['unknown-config', 3]]), left: 2 });
    expect(await redrive({ recordsMax: 3 }, noting)).toEqual({ byReason: new Map([['unknown-config', 2]]), left: 0 });
    expect(put).toEqual([0, 1, 2, 3, 4]);
    await world.process();
    expect(await pageViews(world)).toBe(5);
  });

  it('counts once when the redrive ends before it has marked it, and is begun again', async () => {
    const world = await poisoned();
    world.configs.add(9);
    const failing = { ...world.archive, put: () => Promise.reject(new Error('gone')) };
    await expect(redrive({}, { ...ports(world), archive: failing })).rejects.toThrow('gone');
    await redrive({}, ports(world));
    await world.process();
    expect(await pageViews(world)).toBe(3);
    expect((await auditDay(epoch, site, day, world.auditPorts())).differences).toEqual([]);
  });

  it('is set aside again under its new position while the cause is not mended', async () => {
    const world = await poisoned();
    const [before] = (await keysOf(world, 'failed/')).map(parseFailedKey);
    await redrive({}, ports(world));
    await world.process();
    const after = (await keysOf(world, 'failed/')).map(parseFailedKey);
    expect(after).toHaveLength(1);
    expect(after[0]?.sequenceNumber).not.toBe(before?.sequenceNumber);
    expect(await pageViews(world)).toBe(2);
  });

  it('is chosen by site and reason', async () => {
    const world = await poisoned();
    world.put(Buffer.from('rubbish'));
    await world.process();
    const put: string[] = [];
    const noting = ports(world, async (data) => void put.push(Buffer.from(data).toString()));
    await redrive({ site: 'shop' }, noting);
    expect(put).toEqual([]);
    await redrive({ reason: 'not-json' }, noting);
    expect(put).toEqual(['rubbish']);
  });
});

describe('increments of an item that cannot be written', () => {
  const isHour = ({ key }: ItemIncrements) => key.pk.includes('|hour|');
  async function sick(): Promise<ArchivedWorld> {
    const world = new ArchivedWorld();
    world.addItem = async (lane, item) => {
      if (isHour(item)) throw new UnwritableError(item.key, 'too large');
      return world.counters.add(lane, item);
    };
    world.retries = 1;
    for (const n of [0, 1, 2]) world.put(good(n));
    await world.process(2);
    await world.archiveAll();
    return world;
  }

  it('wait while everything else counts, are counted by reason, and are no difference', async () => {
    const world = await sick();
    expect(await pageViews(world)).toBe(0);
    const places = (await keysOf(world, 'failed/')).map(parseFailedKey);
    expect(places.map((place) => place?.reason)).toEqual(['unwritable-increments', 'unwritable-increments']);
    const report = await auditDay(epoch, site, day, world.auditPorts());
    expect([report.differences, report.unwritable]).toEqual([[], 2]);
    expect(report.underWay).toBe(3);
    expect((await countFailed(world.archive, 'failed/', site)).count.reasons).toEqual([
      { reason: 'unwritable-increments', records: 2 },
    ]);
    const [sample] = await sampleFailed(world.archive, await keysOf(world, 'failed/'));
    expect(sample).toMatchObject({ reason: 'unwritable-increments', events: [] });
  });

  it('stay while the item cannot be written', async () => {
    const world = await sick();
    const counters = { add: world.addItem };
    expect((await redrive({}, { ...ports(world), counters })).byReason).toEqual(new Map());
    expect(await keysOf(world, 'failed/')).toHaveLength(2);
  });

  it('count once when the item is mended, played again as often as one likes, and wait no more', async () => {
    const world = await sick();
    const failing = { ...world.archive, put: () => Promise.reject(new Error('gone')) };
    await expect(redrive({}, { ...ports(world), archive: failing })).rejects.toThrow('gone');
    expect((await redrive({ reason: 'other' }, ports(world))).byReason).toEqual(new Map());
    expect((await redrive({}, ports(world))).byReason).toEqual(new Map([['unwritable-increments', 2]]));
    expect((await redrive({}, ports(world))).byReason).toEqual(new Map());
    expect(await pageViews(world)).toBe(3);
    world.put(good(3));
    await world.process();
    expect(await pageViews(world)).toBe(3);
    await redrive({}, ports(world));
    expect(await pageViews(world)).toBe(4);
  });

  it('are added no further than to where all that waits was listed', async () => {
    const world = await sick();
    const all = await keysOf(world, 'failed/');
    let calls = 0;
    // The first object was put in the middle of the first listing, behind its hand.
    const keys = async () => (++calls === 1 ? all.slice(1) : all);
    const archive = { keys, get: world.archive.get };
    const done = await redriveIncrements(undefined, { ...ports(world), archive });
    expect([done.length, await pageViews(world)]).toEqual([2, 3]);
    // And an object that came after the first listing waits for the next time.
    const later = await sick();
    const put = await keysOf(later, 'failed/');
    let turns = 0;
    const growing = { keys: async () => (++turns === 1 ? put.slice(0, 1) : put), get: later.archive.get };
    expect(await redriveIncrements(undefined, { ...ports(later), archive: growing })).toHaveLength(1);
    expect(await pageViews(later)).toBe(2);
  });
});
