import { describe, expect, it } from 'vitest';
import { sessionText } from '../../../functions/contract/counter.ts';
import { auditDay } from '../../../localstack/audit/audit-day.ts';
import type { Difference } from '../../../localstack/audit/compare.ts';
import { quietly } from '../../law/drive.ts';
import { small, traffic } from '../../law/traffic.ts';
import { epoch, heartbeat, pageOf, recordOf, site, view } from '../aggregate/given.ts';
import { ArchivedWorld, day, now, putAll, shardOf } from './archived-world.ts';

quietly();

const records = traffic({ ...small, visitors: 6 });
const twoShards = (visitor: string) => Number.parseInt(visitor, 16) % 2;

async function worldOf(shardFor?: (visitor: string) => number): Promise<ArchivedWorld> {
  const world = new ArchivedWorld(shardFor);
  putAll(world, records);
  return world;
}
const audit = (world: ArchivedWorld) => auditDay(epoch, site, day, world.auditPorts());

describe('an audit', () => {
  it('finds no difference where all is counted and archived', async () => {
    const world = await worldOf();
    await world.process();
    await world.archiveAll();
    const report = await audit(world);
    expect(report.differences).toEqual([]);
    expect(report).toMatchObject({ unarchived: 0, underWay: 0 });
    expect(report.refolded.failed).toEqual([]);
    expect(report.refolded.records).toBe(records.length);
    expect(report.items).toBeGreaterThan(20);
    expect(report.counters).toBeGreaterThan(200);
  });

  it('needs no archive for what is still on the stream, and reads what overlaps once', async () => {
    const world = await worldOf(twoShards);
    await world.process();
    await world.archiveAll(5, 10);
    await world.archiveAll(3, 10);
    world.archived.clear();
    await world.archiveAll(4, 12);
    const report = await audit(world);
    expect(report.differences).toEqual([]);
    expect(report.unarchived).toBeGreaterThan(0);
    expect(report.refolded.records).toBe(records.length);
  });

  it('holds items to no more than they can have counted while the processor is under way', async () => {
    const world = await worldOf(twoShards);
    await world.process(3, 9);
    const report = await audit(world);
    expect(report.differences).toEqual([]);
    expect(report.underWay).toBeGreaterThan(0);
  });

  it('takes what comes, is counted and is archived while it lists the archive for what was under way', async () => {
    const world = await worldOf();
    await world.process();
    const ports = world.auditPorts();
    let listings = 0;
    const archive = {
      ...world.archive,
      async keys(prefix: string) {
        listings += 1;
        world.put(recordOf({ receivedAt: now - 1_000, events: [view()], load: 'd'.repeat(16), n: listings }));
        await world.process();
        await world.archiveAll();
        return world.archive.keys(prefix);
      },
    };
    const { differences, underWay } = await auditDay(epoch, site, day, { ...ports, archive });
    expect(differences).toEqual([]);
    expect(underWay).toBeGreaterThan(0);
  });

  it('finds the owner of loads that several visitors name, with the claims or without', async () => {
    const world = new ArchivedWorld(twoShards);
    putAll(world, traffic({ ...small, seed: 5, visitors: 4, loadsOfFirst: 4, foreign: 0.6, returning: false }));
    await world.process();
    await world.archiveAll();
    expect((await audit(world)).differences).toEqual([]);
    world.claims.clear();
    expect((await audit(world)).differences).toEqual([]);
  });

  it.each([
    ['now and then', 3],
    ['for days', 288],
  ])('follows a screen without a pause through each of its days, which shows one page %s', async (_, every) => {
    const world = new ArchivedWorld();
    const begun = Date.parse('2026-11-17T15:10:00Z');
    for (let n = 0; begun + n * 25 * 60_000 < now; n++) {
      const receivedAt = begun + n * 25 * 60_000;
      const pages = [pageOf(n % 7 === 0 ? '/' : '/menu')];
      world.put(recordOf({ receivedAt, n, pages, events: n % every === 0 ? [view()] : [heartbeat()] }));
    }
    await world.process(50);
    await world.archiveAll(50);
    for (const date of [17, 18, 19, 20, 21, 22, 23]) {
      const { differences, items } = await auditDay(epoch, site, `2026-11-${date}`, world.auditPorts());
      expect(differences).toEqual([]);
      expect(items).toBeGreaterThan(1);
    }
  });

  it('leaves out what was set aside', async () => {
    const world = await worldOf();
    const late = { receivedAt: now - 1_000, events: [view()], load: 'ffffffffffffffff' };
    world.put(recordOf({ ...late, config: 9 }));
    world.put(Buffer.from('rubbish'));
    await world.process();
    await world.archiveAll();
    world.configs.add(9);
    expect((await audit(world)).differences).toEqual([]);
  });

  it('refuses a day whose names are no longer kept, and a site that does not exist', async () => {
    const ports = new ArchivedWorld().auditPorts();
    await expect(auditDay(epoch, site, '2026-07-01', ports)).rejects.toThrow('more than 100 days ago');
    await expect(auditDay(epoch, 'nobody', day, ports)).rejects.toThrow('no site "nobody"');
  });
});

/** @throws when there is none. */
function counters(differences: readonly Difference[]): { expected: number; stored: number }[] {
  const found = differences.flatMap(({ expected, stored }) =>
    typeof expected === 'number' && typeof stored === 'number' ? [{ expected, stored }] : [],
  );
  if (found.length === 0) throw new Error('no counter differs');
  return found;
}

describe('an audit tells', () => {
  it.each(Object.entries(sessionText))('a session whose text "%s" is another than its records say', async (_, text) => {
    const world = await worldOf();
    world.addItem = (lane, item) => {
      const parts = item.parts.map((part) => ({
        ...part,
        texts: { ...part.texts, ...(part.texts[text] !== undefined && { [text]: '/somewhere' }) },
      }));
      return world.counters.add(lane, item.key.pk.includes('|session|') ? { ...item, parts } : item);
    };
    await world.process();
    await world.archiveAll();
    const { differences, texts } = await audit(world);
    expect(texts).toBeGreaterThan(differences.length);
    expect(new Set(differences.map(({ name, stored }) => `${name} ${stored}`))).toEqual(
      new Set([`${text} /somewhere`]),
    );
  });

  it('an item write that was lost', async () => {
    const world = await worldOf();
    const add = world.addItem;
    let writes = 0;
    world.addItem = async (lane, item) => {
      writes += 1;
      if (writes !== 40) return add(lane, item);
      return { outcome: 'counted', totals: { key: item.key, counters: {}, texts: {} } };
    };
    await world.process();
    await world.archiveAll();
    const { differences } = await audit(world);
    expect(differences.length).toBeGreaterThan(0);
    for (const { expected, stored } of counters(differences)) expect(expected - stored).toBeGreaterThan(0);
  });

  it('an item write that was counted twice', async () => {
    const world = await worldOf();
    const add = world.addItem;
    let writes = 0;
    world.addItem = async (lane, item) => {
      writes += 1;
      if (writes === 40) await world.counters.add(`${lane}x` as typeof lane, item);
      return add(lane, item);
    };
    await world.process();
    await world.archiveAll();
    const { differences } = await audit(world);
    expect(differences.length).toBeGreaterThan(0);
    for (const { expected, stored } of counters(differences)) expect(stored - expected).toBeGreaterThan(0);
  });

  it('a record that was counted and is nowhere kept', async () => {
    const world = await worldOf();
    await world.process();
    await world.archiveAll();
    world.shards.get(shardOf(0))?.splice(0);
    const [key = ''] = world.archive.objects.keys();
    world.archive.objects.delete(key);
    expect((await audit(world)).differences.length).toBeGreaterThan(0);
  });

  it('a record that is kept and was never counted', async () => {
    const world = await worldOf();
    await world.process();
    const forged = new ArchivedWorld();
    forged.put(recordOf({ receivedAt: now - 7_000_000, events: [view()], load: 'eeeeeeeeeeeeeeee' }), 7);
    await forged.archiveAll();
    for (const [key, bytes] of forged.archive.objects) world.archive.objects.set(key, bytes);
    await world.archiveAll();
    expect((await audit(world)).differences.length).toBeGreaterThan(0);
  });
});
