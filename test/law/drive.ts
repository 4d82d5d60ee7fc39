/** Ways in which a shard is worked through while something goes wrong. */
import { afterEach, beforeEach, vi } from 'vitest';
import { type Fault, faultyGate, stallingGate } from './faults.ts';
import type { World } from './world.ts';

/**
 * One write fails. A dead instance's answer never arrives: the mapping begins the whole batch again, with a new instance and
 * perhaps another length.
 */
export async function drainAfter(world: World, sizeOf: (attempt: number) => number, fault: Fault): Promise<void> {
  const gate = faultyGate(fault);
  let from = 0;
  for (let attempt = 0; from < world.shard.length; attempt++) {
    const to = Math.min(world.shard.length, from + sizeOf(attempt));
    const { failedFrom } = await world.invoke(from, to, gate);
    if (gate.isDead) gate.isDead = false;
    else from = failedFrom === null ? to : world.indexOf(failedFrom);
  }
}

/** An attempt at twenty records from `from` on that stalls at its write number `at`. */
export interface Zombie {
  from: number;
  at: number;
  instance: Fault['instance'];
}

/**
 * An attempt at one batch stalls at a write, is taken for dead, and wakes when others have gone far beyond it.
 * @returns whether it came to that write at all.
 */
export async function drainBesideZombie(
  world: World,
  sizeOf: (attempt: number) => number,
  { from, at, instance }: Zombie,
): Promise<boolean> {
  await world.drainTo(from, 6);
  const zombie = stallingGate(at, instance);
  const stalled = world.invoke(from, from + 20, zombie.gate);
  const hasStalled = await Promise.race([stalled.then(() => false), zombie.reached.then(() => true)]);
  const woken = await world.drain(from, sizeOf, undefined, from + Math.floor(world.shard.length / 2));
  zombie.letGo();
  await stalled;
  await world.drain(woken, sizeOf);
  return hasStalled;
}

/** The processor logs why it gives up: in these tests that is every run. */
export function quietly(): void {
  beforeEach(() => {
    for (const level of ['error', 'warn', 'info'] as const)
      vi.spyOn(console, level).mockImplementation(() => undefined);
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });
}
