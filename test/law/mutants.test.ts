import { describe, expect, it } from 'vitest';
import type { StreamRecord } from '../../functions/contract/record.ts';
import { drainAfter, drainBesideZombie, quietly } from './drive.ts';
import { countingGate } from './faults.ts';
import { mutants } from './mutants.ts';
import { differences } from './recount.ts';
import { small, traffic } from './traffic.ts';
import { type Stores, World } from './world.ts';

quietly();

const ownLoads = traffic(small);
const manyLoads = traffic({ ...small, visitors: 1, loadsOfFirst: 26 });
const movingLoads = traffic({ ...small, foreign: 0.5 });
const sizeOf = (offset: number) => (attempt: number) => [3, 40, 7, 23, 1, 12][(attempt + offset) % 6] ?? 1;

/** The first trouble in which something is counted otherwise than in a plain recount, or remembered otherwise; null: none. */
async function troubleOf(records: readonly StreamRecord[], stores: () => Partial<Stores>): Promise<string | null> {
  const gate = countingGate();
  const clean = new World(records, stores());
  await clean.drain(0, sizeOf(0), () => gate);
  const [items, states] = [await clean.items(), await clean.states()];
  const isOff = async (world: World) => {
    return !isSame(await world.items(), items) || !isSame(await world.states(), states);
  };
  if (differences(records, items).length > 0) return 'a clean run';
  for (let at = 0; at < gate.count; at++) {
    const crashed = new World(records, stores());
    await drainAfter(crashed, sizeOf(0), { at, when: 'after', instance: at % 2 ? 'alive' : 'dead' });
    if (await isOff(crashed)) return `a crash at write ${at}`;
    const visited = new World(records, stores());
    const from = (at * 5) % Math.floor(visited.shard.length / 2);
    await drainBesideZombie(visited, sizeOf(at), { from, at: at % 140, instance: 'alive' });
    if (await isOff(visited)) return `a zombie at write ${at}`;
  }
  return null;
}

function isSame<T>(one: Map<string, T>, other: Map<string, T>): boolean {
  const text = (map: Map<string, T>) => JSON.stringify([...map].map(([key, value]) => [key, sorted(value)]));
  return text(one) === text(other);
}
function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.entries(value)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, inner]) => [key, sorted(inner)]);
}

describe('the tests of exactly-once', () => {
  it.each([
    ['a dozen loads', ownLoads],
    ['many loads', manyLoads],
  ])('find nothing wrong with the stores as they are (%s)', { timeout: 120_000 }, async (_, records) => {
    expect(await troubleOf(records, () => ({}))).toBeNull();
  });

  it.each(Object.entries(mutants))('notice %s', { timeout: 120_000 }, async (name, stores) => {
    const records = name.includes('retired') ? manyLoads : name.includes('claim') ? movingLoads : ownLoads;
    expect(await troubleOf(records, stores)).not.toBeNull();
  });
});
