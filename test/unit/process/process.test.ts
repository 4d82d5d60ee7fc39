import { describe, expect, it } from 'vitest';
import { countersPerUpdateMax, hourKey, keyText } from '../../../functions/contract/counter.ts';
import { positionOf } from '../../../functions/contract/position.ts';
import type { StreamRecord } from '../../../functions/contract/record.ts';
import { memoryCounterStore } from '../../../functions/store/counter-store.memory.ts';
import type { ItemIncrements } from '../../../functions/store/counter-store.ts';
import { memoryVisitorStore } from '../../../functions/store/visitor-store.memory.ts';
import { decodeRecord } from '../../../functions/stream/record.ts';
import { quietly } from '../../law/drive.ts';
import { World } from '../../law/world.ts';
import { epoch, pageOf, recordOf, site, view } from '../aggregate/given.ts';

quietly();

const noon = Date.parse('2026-11-23T12:00:00Z');
const hourItem = keyText(hourKey(epoch, site, '2026-11-23', noon));
const hex = (number: number) => number.toString(16).padStart(16, '0');
const viewOf = (visitor: number, n = 0): StreamRecord =>
  recordOf({ receivedAt: noon + n, visitor: hex(visitor), load: hex(visitor + 500), n, events: [view()] });
const everything = (world: World) => world.invoke(0, world.shard.length);
const countersOf = async (world: World) => (await world.items()).get(hourItem)?.counters ?? {};

/** A counter store that keeps what it was asked to add, and fails when told to. */
function watchedCounters(isRefused: (run: ItemIncrements, call: number) => boolean = () => false) {
  const store = memoryCounterStore();
  const runs: ItemIncrements[] = [];
  const add: typeof store.add = async (lane, run) => {
    runs.push(structuredClone(run));
    if (isRefused(run, runs.length)) throw new Error('the store is away');
    return store.add(lane, run);
  };
  return { counters: { ...store, add }, runs };
}

describe('a batch', () => {
  it('is counted, told by its figures, and pushed', async () => {
    const world = new World([viewOf(1), viewOf(2), viewOf(1, 1), viewOf(1)]);
    const { failedFrom, figures } = await everything(world);
    expect(failedFrom).toBeNull();
    expect(figures).toMatchObject({
      records: 4,
      events: 3,
      repeats: 1,
      failed: 0,
      putBack: 0,
      newestReceipt: noon + 1,
    });
    expect(await countersOf(world)).toMatchObject({ pv: 3, vi: 2 });
    expect(world.pushed).toHaveLength(1);
    const [update] = world.pushed;
    expect(update).toMatchObject({ site, asOf: noon + 1 });
    expect(update?.items.find(({ key }) => keyText(key) === hourItem)?.counters).toMatchObject({ pv: 3, vi: 2 });
    expect(update?.feed.map(({ what }) => what)).toEqual(['view', 'view', 'view']);
  });

  it('of nothing is nothing', async () => {
    expect(await new World([]).invoke(0, 0)).toMatchObject({ failedFrom: null });
  });

  it('guards each item from its first record to its last, whichever of them touch it', async () => {
    const { counters, runs } = watchedCounters();
    const world = new World([viewOf(1), viewOf(2), viewOf(1)], { counters });
    world.put(Buffer.from('rubbish'));
    await everything(world);
    const [first, last] = [world.shard[0], world.shard[3]].map((one) => positionOf(one?.sequenceNumber ?? ''));
    expect(runs.length).toBeGreaterThan(2);
    for (const run of runs) expect(run).toMatchObject({ first, last });
  });

  it('is to be tried again from its first record when an item cannot be written', async () => {
    const { counters, runs } = watchedCounters((_, call) => call === 3);
    const visitors = memoryVisitorStore();
    const world = new World([viewOf(1), viewOf(2)], { counters, visitors });
    expect((await everything(world)).failedFrom).toBe(world.shard[0]?.sequenceNumber);
    expect(runs.length).toBeGreaterThan(2);
    expect(await visitors.load(site, [hex(1), hex(2)], 0)).toEqual(new Map());
    expect(world.pushed).toEqual([]);
  });

  it('is to be tried again from its first record when a state cannot be saved', async () => {
    const visitors = memoryVisitorStore();
    const save: typeof visitors.save = async (...args) => {
      if (args[1] === hex(2)) throw new Error('the store is away');
      return visitors.save(...args);
    };
    const world = new World([viewOf(1), viewOf(2)], { visitors: { ...visitors, save } });
    expect((await everything(world)).failedFrom).toBe(world.shard[0]?.sequenceNumber);
  });

  it('saves no state that has not changed', async () => {
    const visitors = memoryVisitorStore();
    let saves = 0;
    const save: typeof visitors.save = (...args) => {
      saves += 1;
      return visitors.save(...args);
    };
    const world = new World([viewOf(1), viewOf(1)], { visitors: { ...visitors, save } });
    await everything(world);
    await everything(world);
    expect(saves).toBe(1);
  });
});

describe('a batch that adds more to an item than one update can hold', () => {
  /** Each from a country of its own: two more counters of the hour's item, of which an update can hold 140 such pairs. */
  const letters = [...'ABCDEFGHIJKLMNOPQRST'];
  const countries = letters.flatMap((first) => letters.map((second) => first + second)).slice(0, 320);
  const abroad = countries.map((country, visitor) => ({ ...viewOf(visitor), country }));

  it('is written in runs, each whole before the next', async () => {
    const { counters, runs } = watchedCounters();
    const world = new World(abroad, { counters });
    expect((await everything(world)).failedFrom).toBeNull();
    expect(new Set(runs.map(({ first }) => first)).size).toBe(3);
    for (const run of runs) {
      const names = new Set(run.parts.flatMap((part) => [...Object.keys(part.counters), ...Object.keys(part.texts)]));
      expect(names.size).toBeLessThanOrEqual(countersPerUpdateMax);
    }
    expect((await countersOf(world)).pv).toBe(320);
  });

  it('keeps the runs that are done, and is tried again from the one that failed', async () => {
    let isAway = true;
    let firstRun = '';
    const { counters, runs } = watchedCounters((run) => isAway && run.first !== firstRun);
    const world = new World(abroad, { counters });
    firstRun = positionOf(world.shard[0]?.sequenceNumber ?? '');
    const { failedFrom } = await everything(world);
    const failedAt = world.indexOf(failedFrom ?? '');
    expect(failedAt).toBeGreaterThan(100);
    expect(runs.find(({ first }) => first !== firstRun)?.first).toBe(positionOf(failedFrom ?? ''));
    isAway = false;
    expect((await world.invoke(failedAt, abroad.length)).failedFrom).toBeNull();
    expect((await countersOf(world)).pv).toBe(320);
  });
});

describe('what cannot be counted', () => {
  it('is set aside with its reason and its bytes, and holds up nothing', async () => {
    const world = new World([viewOf(1)]);
    world.put(Buffer.from('{"v":9}'));
    world.put(Buffer.from('not json'));
    const { failedFrom, figures } = await everything(world);
    expect(failedFrom).toBeNull();
    expect(figures.failed).toBe(2);
    expect([...world.failed.kept]).toEqual([
      [
        `failed/site=unknown/date=2026-11-23/shardId-000000000003-${world.shard[1]?.sequenceNumber}.unknown-version.json`,
        expect.objectContaining({ reason: 'unknown-version', data: Buffer.from('{"v":9}') }),
      ],
      [expect.stringContaining('failed/site=unknown/'), expect.objectContaining({ reason: 'not-json' })],
    ]);
    expect(await countersOf(world)).toMatchObject({ pv: 1 });
  });

  it('names the site where it is known: an unknown configuration', async () => {
    const world = new World([{ ...viewOf(1), config: 7 }, viewOf(2)]);
    await everything(world);
    const [failed] = [...world.failed.kept.values()];
    expect(failed).toMatchObject({ site, reason: 'unknown-config' });
    expect(failed?.message).toBe('site demo has no configuration of version 7');
    expect(await countersOf(world)).toMatchObject({ pv: 1 });
  });

  it('is all of a visitor whose state cannot be read, and of nobody else', async () => {
    const visitors = memoryVisitorStore();
    const position = positionOf('1');
    await visitors.save(site, hex(1), {
      lane: '0_9' as never,
      guardBefore: null,
      position,
      state: '[77]',
      expiresAt: 9e9,
    });
    const world = new World([viewOf(1), viewOf(2)], { visitors });
    expect((await everything(world)).failedFrom).toBeNull();
    expect([...world.failed.kept.values()]).toEqual([expect.objectContaining({ reason: 'bad-state' })]);
    expect(await countersOf(world)).toMatchObject({ pv: 1, vi: 1 });
  });

  it('is set aside before anything is written: if that fails, nothing is', async () => {
    const { counters, runs } = watchedCounters();
    const world = new World([viewOf(1)], { counters });
    world.put(Buffer.from('rubbish'));
    world.failed.put = async () => {
      throw new Error('the archive is away');
    };
    expect((await everything(world)).failedFrom).toBe(world.shard[0]?.sequenceNumber);
    expect(runs).toEqual([]);
  });
});

describe('a tick', () => {
  it('sets the progress of its site and tells its watchers, without a counter', async () => {
    const { counters, runs } = watchedCounters();
    const world = new World([{ v: 1, tick: site, receivedAt: noon + 5 }], { counters });
    await everything(world);
    expect(await world.progress.get(epoch, site)).toBe(noon + 5);
    expect(world.pushed).toEqual([{ site, asOf: noon + 5, items: [], feed: [] }]);
    expect(runs).toEqual([]);
  });

  it('tells nothing while what came before it is not counted', async () => {
    const { counters } = watchedCounters(() => true);
    const world = new World([viewOf(1), { v: 1, tick: site, receivedAt: noon + 5 }], { counters });
    await everything(world);
    expect(await world.progress.get(epoch, site)).toBe(0);
  });
});

describe('a record whose load is another visitor’s', () => {
  it('goes back on the stream under the owner, unchanged but for that', async () => {
    const own = viewOf(1);
    const foreign = { ...viewOf(1, 1), visitor: hex(2), pages: [pageOf('/')] };
    const world = new World([own, foreign]);
    const { figures } = await everything(world);
    expect(figures.putBack).toBe(1);
    const back = decodeRecord(world.shard[2]?.data ?? Buffer.from(''));
    expect(back).toMatchObject({ ok: true, record: { ...foreign, visitor: hex(1) } });
    expect(await countersOf(world)).toMatchObject({ pv: 1, vi: 1 });
    await world.invoke(2, 3);
    expect(await countersOf(world)).toMatchObject({ pv: 2, vi: 1 });
  });
});
