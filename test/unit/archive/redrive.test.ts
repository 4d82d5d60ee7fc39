import { describe, expect, it } from 'vitest';
import { parseFailedKey, redrivenKey } from '../../../functions/contract/failed.ts';
import { auditDay } from '../../../localstack/audit/audit-day.ts';
import { redrive } from '../../../localstack/redrive/redrive.ts';
import { quietly } from '../../law/drive.ts';
import { epoch, recordOf, site, view } from '../aggregate/given.ts';
import { ArchivedWorld, day, now } from './archived-world.ts';

quietly();

const good = (n: number) => recordOf({ receivedAt: now - 60_000 + n, n, events: [view()] });
const poison = () => recordOf({ ...good(1), config: 9 });

function ports(world: ArchivedWorld, put = async (data: Uint8Array) => world.put(data, 0)) {
  return { archive: world.archive, put, clock: () => now, progress: () => undefined };
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
    expect(await redrive({}, ports(world))).toEqual(new Map([['unknown-config', 1]]));
    expect(await redrive({}, ports(world))).toEqual(new Map());
    await world.process();
    await world.archiveAll();
    expect(await pageViews(world)).toBe(3);
    expect(await keysOf(world, 'failed/')).toEqual([]);
    expect(await keysOf(world, 'redriven/')).toEqual(before.map(redrivenKey));
    expect((await auditDay(epoch, site, day, world.auditPorts())).differences).toEqual([]);
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
