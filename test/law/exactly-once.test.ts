import { describe, expect, it } from 'vitest';
import { drainAfter, drainBesideZombie, quietly } from './drive.ts';
import { countingGate, type Fault } from './faults.ts';
import { differences } from './recount.ts';
import { small, traffic } from './traffic.ts';
import { World } from './world.ts';

quietly();

const records = traffic(small);
/** Batches of several lengths, so that a retry is shorter or longer than what it repeats. */
const lengths = [7, 23, 3, 40, 1, 12];
const sizeOf = (offset: number) => (attempt: number) => lengths[(attempt + offset) % lengths.length] ?? 1;

/** Every crash point in turn: many runs, on a machine that may be busy. */
const longMs = 120_000;

async function cleanly() {
  const world = new World(records);
  const gate = countingGate();
  await world.drain(0, sizeOf(0), () => gate);
  return { items: await world.items(), states: await world.states(), writes: gate.count };
}

describe('a clean run', () => {
  it('counts what a plain recount counts', async () => {
    const { items } = await cleanly();
    expect(differences(records, items)).toEqual([]);
  });

  it.each([1, 2, 3, 4, 5, 6])('counts what a plain recount counts in other traffic (seed %i)', async (seed) => {
    const other = traffic({ ...small, seed, visitors: 6, loadsOfFirst: 20, batchesPerLoad: 5 });
    const world = new World(other);
    await world.drain(0, sizeOf(seed));
    expect(differences(other, await world.items())).toEqual([]);
  });

  it('counts the same however the stream is cut into batches', async () => {
    const { items } = await cleanly();
    for (const size of [1, 2, 17, records.length]) {
      const world = new World(records);
      await world.drain(0, () => size);
      expect(await world.items()).toEqual(items);
    }
  });
});

describe('a crash', () => {
  const kinds: Omit<Fault, 'at'>[] = [
    { when: 'before', instance: 'alive' },
    { when: 'after', instance: 'alive' },
    { when: 'before', instance: 'dead' },
    { when: 'after', instance: 'dead' },
  ];

  it.each(kinds)(
    '$when any single write ($instance after it) counts each batch once',
    { timeout: longMs },
    async (fault) => {
      const { items, states, writes } = await cleanly();
      for (let at = 0; at < writes; at++) {
        const world = new World(records);
        await drainAfter(world, sizeOf(at), { ...fault, at });
        expect(await world.items(), `write ${at}`).toEqual(items);
        expect(await world.states(), `write ${at}`).toEqual(states);
      }
    },
  );
});

describe('a zombie', () => {
  it.each(['alive', 'dead'] as const)(
    'that stalls at any write of its attempt, and wakes when others have done its work, adds nothing (%s)',
    { timeout: longMs },
    async (instance) => {
      const { items, states } = await cleanly();
      for (const from of [0, 7, 13, 20, 27]) {
        let hasStalled = true;
        for (let at = 0; hasStalled; at++) {
          const world = new World(records);
          hasStalled = await drainBesideZombie(world, sizeOf(at), { from, at, instance });
          expect(await world.items(), `write ${at} of a batch from ${from}`).toEqual(items);
          expect(await world.states(), `write ${at} of a batch from ${from}`).toEqual(states);
        }
      }
    },
  );
});

describe('records whose load belongs to another visitor', () => {
  const moving = traffic({ ...small, seed: 5, loadsOfFirst: 4, visitors: 4, foreign: 0.6, returning: false });

  it('count for the owner, each once, whatever write fails', { timeout: longMs }, async () => {
    const clean = new World(moving);
    const gate = countingGate();
    await clean.drain(0, sizeOf(0), () => gate);
    expect(clean.shard.length).toBeGreaterThan(moving.length);
    expect(differences(moving, await clean.items())).toEqual([]);
    for (let at = 0; at < gate.count; at++) {
      const world = new World(moving);
      const fault: Fault = { at, when: at % 2 ? 'before' : 'after', instance: at % 3 ? 'alive' : 'dead' };
      await drainAfter(world, sizeOf(at), fault);
      expect(differences(moving, await world.items()), `write ${at}`).toEqual([]);
    }
  });
});

describe('a reshard', () => {
  it('hands visitors to a child shard, whose positions compare with none of the parent', async () => {
    const { items } = await cleanly();
    const parent = 'shardId-000000000009';
    for (const cut of [1, 20, 33, records.length - 1]) {
      const world = new World(records);
      await world.drainTo(cut, 6, parent);
      // The parent's last batch comes once more, from a checkpoint that was not kept.
      await world.invoke(Math.max(0, cut - 6), cut, undefined, parent);
      for (const [index, record] of world.shard.slice(cut).entries()) record.sequenceNumber = String(1_000 + index);
      await world.drain(cut, sizeOf(cut));
      expect(await world.items()).toEqual(items);
    }
  });
});

describe('a stream made anew', () => {
  it('may give every batch again under new positions', async () => {
    const { items } = await cleanly();
    const world = new World(records);
    await world.drain(0, sizeOf(0));
    for (const { data } of world.shard.slice(0, records.length)) world.put(data);
    await world.drain(records.length, sizeOf(1));
    expect(await world.items()).toEqual(items);
  });
});
