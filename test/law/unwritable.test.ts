import { describe, expect, it } from 'vitest';
import { failedText, unwritableReason } from '../../functions/contract/failed.ts';
import { memoryCounterStore } from '../../functions/store/counter-store.memory.ts';
import type { CounterStore, ItemIncrements } from '../../functions/store/counter-store.ts';
import { memorySetAsideStore } from '../../functions/store/set-aside-store.memory.ts';
import { UnwritableError } from '../../functions/store/unwritable-error.ts';
import { redriveIncrements } from '../../localstack/redrive/increments.ts';
import { quietly } from './drive.ts';
import { type Fault, faultyGate, stallingGate } from './faults.ts';
import { small, traffic } from './traffic.ts';
import { type Gate, type Stores, World } from './world.ts';

quietly();
const longMs = 120_000;

const records = traffic({ ...small, visitors: 2, loadsOfFirst: 3, batchesPerLoad: 2 });
const sizeOf = (offset: number) => (attempt: number) => [5, 12, 2, 9, 1][(attempt + offset) % 5] ?? 1;
const isSick = ({ key }: ItemIncrements) => key.pk.includes('|hour|');

/** Which runs of the sick item its store refuses, until it is mended: all, or those of many records, as one that is nearly full would. */
const refusals = {
  'every run': isSick,
  'runs of more than two records': (run: ItemIncrements) => isSick(run) && run.parts.length > 2,
};

class SickWorld extends World {
  isMended: boolean;
  readonly store: CounterStore;

  constructor(refuses: (run: ItemIncrements) => boolean, stores: Partial<Stores> = {}) {
    const store = memoryCounterStore();
    const add: CounterStore['add'] = async (lane, run) => {
      if (!this.isMended && refuses(run)) throw new UnwritableError(run.key, 'it is sick');
      return store.add(lane, run);
    };
    super(records, { counters: { ...store, add }, ...stores });
    this.isMended = false;
    this.store = store;
  }

  /** Applies what waits, and leaves it where it is: so it is applied again by the next one. */
  async playAgain(): Promise<void> {
    const texts = new Map([...this.failed.kept].map(([key, record]) => [key, failedText(record)]));
    const archive = {
      keys: async (prefix: string) => [...texts.keys()].filter((key) => key.startsWith(prefix)).sort(),
      get: async (key: string) => Buffer.from(texts.get(key) ?? ''),
    };
    const done = await redriveIncrements(undefined, { archive, counters: this.store, progress: () => undefined });
    expect(done.map(({ key }) => key).sort()).toEqual([...texts.keys()].sort());
  }
}

async function countersOf(world: World): Promise<string> {
  const items = [...(await world.items())].map(([key, { counters }]) => [key, Object.entries(counters).sort()]);
  return JSON.stringify([items.sort(), [...(await world.states())].sort()]);
}
async function cleanly(): Promise<string> {
  const world = new World(records);
  await world.drain(0, sizeOf(0));
  return countersOf(world);
}
const expected = cleanly();

/** The rest of the stream, played again half way and at the end. Null: everything counts once. */
async function troubleIn(world: SickWorld, from: number, what: string): Promise<string | null> {
  await world.playAgain();
  const half = await world.drain(from, sizeOf(1), undefined, Math.floor((from + records.length) / 2));
  await world.playAgain();
  await world.drain(half, sizeOf(2));
  await world.playAgain();
  await world.playAgain();
  return (await countersOf(world)) === (await expected) ? null : what;
}

type Refuses = (run: ItemIncrements) => boolean;

async function afterCrash(
  refuses: Refuses,
  fault: Omit<Fault, 'at'>,
  stores: () => Partial<Stores>,
): Promise<string | null> {
  for (let at = 0, hasStruck = true; hasStruck; at++) {
    for (const mendsAtOnce of [true, false]) {
      const world = new SickWorld(refuses, stores());
      const gate = faultyGate({ ...fault, at });
      let from = 0;
      hasStruck = false;
      let writes = 0;
      for (let attempt = 0; !hasStruck && from < records.length; attempt++) {
        const to = Math.min(records.length, from + sizeOf(at)(attempt));
        const { failedFrom } = await world.invoke(from, to, (write) => {
          // A write that the sick item refuses hides the fault's own error.
          hasStruck ||= writes++ === at;
          return gate(write);
        });
        from = failedFrom === null ? to : world.indexOf(failedFrom);
      }
      gate.isDead = false;
      if (!mendsAtOnce) from = await world.drain(from, sizeOf(2), undefined, from + 4);
      world.isMended = true;
      const trouble = await troubleIn(world, from, `write ${at}, mended ${mendsAtOnce ? 'then' : 'later'}`);
      if (trouble !== null) return trouble;
    }
  }
  return null;
}

/** Two attempts at the same records stall at a write each: the first while the item is sick, the second when it is mended. */
async function besideEachOther(refuses: Refuses, to: number): Promise<string | null> {
  for (let first = 0, hasStalled = true; hasStalled; first++) {
    for (let second = 0, goesOn = true; goesOn; second++) {
      const world = new SickWorld(refuses);
      const [one, other] = [stallingGate(first, 'alive'), stallingGate(second, 'alive')];
      const begin = async (zombie: { gate: Gate; reached: Promise<void> }) => {
        const done = world.invoke(0, to, zombie.gate);
        return { done, stalled: await Promise.race([done.then(() => false), zombie.reached.then(() => true)]) };
      };
      const sick = await begin(one);
      world.isMended = true;
      const mended = await begin(other);
      [hasStalled, goesOn] = [sick.stalled, mended.stalled];
      world.isMended = false;
      one.letGo();
      await sick.done;
      await world.drain(0, () => 2, undefined, to);
      await world.playAgain();
      world.isMended = true;
      other.letGo();
      await mended.done;
      const trouble = await troubleIn(world, to, `the first at write ${first}, the second at write ${second}`);
      if (trouble !== null) return trouble;
    }
  }
  return null;
}

describe.each(Object.entries(refusals))('an item whose store refuses %s', (_, refuses) => {
  it('holds up nobody, and what it was to get waits', async () => {
    const world = new SickWorld(refuses);
    await world.drain(0, () => 7);
    const kept = [...world.failed.kept.values()];
    expect(kept.length).toBeGreaterThan(1);
    expect(new Set(kept.map(({ reason }) => reason))).toEqual(new Set([unwritableReason]));
    const healthy = (text: string) => JSON.parse(text)[0].filter(([key]: [string]) => !key.includes('|hour|'));
    expect(healthy(await countersOf(world))).toEqual(healthy(await expected));
  });

  it.each([
    { when: 'before', instance: 'alive' },
    { when: 'after', instance: 'alive' },
    { when: 'before', instance: 'dead' },
    { when: 'after', instance: 'dead' },
  ] as const)(
    'counts once what waited, however often it is applied: $when any write fails ($instance after it)',
    { timeout: longMs },
    async (fault) => {
      expect(await afterCrash(refuses, fault, () => ({}))).toBeNull();
    },
  );

  it('counts once what one attempt kept and another added', { timeout: longMs }, async () => {
    expect(await besideEachOther(refuses, 3)).toBeNull();
  });
});

describe('the tests of waiting increments', () => {
  it('notice an item that is not closed, so that later runs pass over what waits', { timeout: longMs }, async () => {
    // Each attempt hears of the closing once, and forgets it.
    const forgetful = () => {
      const store = memorySetAsideStore();
      let closed = new Map() as Awaited<ReturnType<typeof store.mayFold>>['closed'];
      const told = async (lane: Parameters<typeof store.mayFold>[0]) => {
        const notes = await store.mayFold(lane);
        const news = [...notes.closed].filter(([key]) => !closed.has(key));
        closed = notes.closed;
        return { ...notes, closed: new Map(news) };
      };
      return { setAside: { ...store, mayFold: told } };
    };
    const world = new SickWorld((run) => isSick(run) && run.parts.length > 2, forgetful());
    await world.drain(0, (attempt) => (attempt < 2 ? 7 : 2));
    expect([...world.failed.kept.values()].some(({ reason }) => reason === unwritableReason)).toBe(true);
    world.isMended = true;
    await world.playAgain();
    expect(await countersOf(world)).not.toBe(await expected);
  });
});
