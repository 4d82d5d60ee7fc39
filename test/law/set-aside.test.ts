import { describe, expect, it } from 'vitest';
import type { StreamRecord } from '../../functions/contract/record.ts';
import { memorySetAsideStore } from '../../functions/store/set-aside-store.memory.ts';
import { quietly } from './drive.ts';
import { type Fault, faultyGate, stallingGate } from './faults.ts';
import { small, traffic } from './traffic.ts';
import { type Gate, type Stores, World } from './world.ts';

quietly();
const longMs = 120_000;

/** Records of two visitors of their own, of a configuration that is stored later: until then they cannot be folded. */
const early = traffic({ ...small, seed: 3, visitors: 2, loadsOfFirst: 1, batchesPerLoad: 1, repeated: 0 })
  .slice(0, 2)
  .map((record, index): StreamRecord => {
    const visitor = `ea${index}`.padStart(16, '0');
    return { ...record, config: 2, visitor, load: visitor };
  });
const ordinary = traffic({ ...small, visitors: 2, loadsOfFirst: 3, batchesPerLoad: 2 });
const records = [
  ...ordinary.slice(0, 2),
  ...early.slice(0, 1),
  ...ordinary.slice(2, 5),
  ...early.slice(1),
  ...ordinary.slice(5),
];
const isEarly = new Set([2, 6]);
const sizeOf = (offset: number) => (attempt: number) => [5, 12, 2, 9][(attempt + offset) % 4] ?? 1;

type MakeStores = () => Partial<Stores>;
const asTheyAre: MakeStores = () => ({});

/** What is counted and remembered where every record could be folded at once. */
async function wholeText(): Promise<string> {
  const world = new World(records);
  world.configs.add(2);
  await world.drain(0, sizeOf(0));
  expect(world.failed.kept.size).toBe(0);
  return textOf(world);
}
const expected = wholeText();

/** Counters and states. Texts are facts of whichever record came last, and a record that is played again comes last. */
async function textOf(world: World): Promise<string> {
  const items = [...(await world.items())].map(([key, { counters }]) => [key, Object.entries(counters).sort()]);
  return JSON.stringify([items, [...(await world.states())].sort()]);
}

/** The rest of the stream, and then all that was set aside once more. Null: each record counted once, in every counter. */
async function troubleIn(world: World, from: number, what: string): Promise<string | null> {
  await world.drain(from, sizeOf(1));
  const kept = [...world.failed.kept.values()];
  if (new Set(kept.map(({ sequenceNumber }) => sequenceNumber)).size < kept.length) return `${what}: kept twice`;
  if (kept.some(({ sequenceNumber }) => !isEarly.has(world.indexOf(sequenceNumber)))) return `${what}: kept a good one`;
  const end = world.shard.length;
  for (const { data } of kept) world.put(data);
  await world.drain(end, sizeOf(2));
  return (await textOf(world)) === (await expected) ? null : what;
}

/** The cause is mended by the time that the first attempt has failed at one write. */
async function afterCrash(fault: Omit<Fault, 'at'>, stores: MakeStores): Promise<string | null> {
  for (let at = 0; ; at++) {
    const world = new World(records, stores());
    const gate = faultyGate({ ...fault, at });
    let [from, hasFailed] = [0, false];
    while (!hasFailed && from < records.length) {
      const to = Math.min(records.length, from + 12);
      const { failedFrom } = await world.invoke(from, to, gate);
      hasFailed = failedFrom !== null;
      from = failedFrom === null ? to : world.indexOf(failedFrom);
    }
    world.configs.add(2);
    const trouble = await troubleIn(world, from, `write ${at}`);
    if (trouble !== null || !hasFailed) return trouble;
  }
}

/**
 * Two attempts at the same records: the first cannot fold all of them and stalls at a write; then the cause is mended, and the
 * second stalls at a write; then the first goes on to its end, and then the second.
 */
async function besideEachOther(stores: MakeStores, to: number): Promise<string | null> {
  for (let first = 0, hasStalled = true; hasStalled; first++) {
    for (let second = 0, goesOn = true; goesOn; second++) {
      const world = new World(records, stores());
      const [one, other] = [stallingGate(first, 'alive'), stallingGate(second, 'alive')];
      const begin = async (zombie: { gate: Gate; reached: Promise<void> }) => {
        const done = world.invoke(0, to, zombie.gate);
        return { done, stalled: await Promise.race([done.then(() => false), zombie.reached.then(() => true)]) };
      };
      const setsAside = await begin(one);
      world.configs.add(2);
      const folds = await begin(other);
      [hasStalled, goesOn] = [setsAside.stalled, folds.stalled];
      one.letGo();
      await setsAside.done;
      other.letGo();
      await folds.done;
      const trouble = await troubleIn(world, 0, `the first at write ${first}, the second at write ${second}`);
      if (trouble !== null) return trouble;
    }
  }
  return null;
}

describe('a record that is set aside', () => {
  it.each([
    { when: 'before', instance: 'alive' },
    { when: 'after', instance: 'alive' },
    { when: 'before', instance: 'dead' },
    { when: 'after', instance: 'dead' },
  ] as const)(
    'counts once, and whole, when its cause is mended as its batch fails: $when any write ($instance after it)',
    { timeout: longMs },
    async (fault) => {
      expect(await afterCrash(fault, asTheyAre)).toBeNull();
    },
  );

  it('counts once, and whole, when one attempt sets it aside and another can fold it', {
    timeout: longMs,
  }, async () => {
    expect(await besideEachOther(asTheyAre, 4)).toBeNull();
  });
});

function setAsideBut(change: (store: Stores['setAside']) => Partial<Stores['setAside']>): MakeStores {
  return () => {
    const store = memorySetAsideStore();
    return { setAside: { ...store, ...change(store) } };
  };
}

describe('the tests of setting aside', () => {
  const mutants: Record<string, MakeStores> = {
    'a mark that nobody looks at': setAsideBut(() => ({ mayFold: async () => ({ mark: null, closed: new Map() }) })),
    'a mark that is raised whoever came between': setAsideBut((store) => ({
      raise: async (lane, _, mark) => {
        const { ticket } = await store.begin(lane);
        return store.raise(lane, ticket, mark);
      },
    })),
    'decisions that are made anew each time': setAsideBut(() => ({ decide: async (_, __, decision) => decision })),
  };

  it.each(Object.entries(mutants))('notice %s', { timeout: longMs }, async (_, stores) => {
    const trouble =
      (await afterCrash({ when: 'after', instance: 'alive' }, stores)) ?? (await besideEachOther(stores, 4));
    expect(trouble).not.toBeNull();
  });
});
