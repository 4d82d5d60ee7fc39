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

/** An attempt at one batch stalls at a write, is taken for dead, and wakes when others have gone far beyond it. */
export async function drainBesideZombie(
  world: World,
  sizeOf: (attempt: number) => number,
  at: number,
  instance: Fault['instance'],
): Promise<void> {
  const middle = Math.floor(world.shard.length / 2);
  const from = (at * 5) % middle;
  await world.drainTo(from, 6);
  const zombie = stallingGate(at % 60, instance);
  const stalled = world.invoke(from, from + 20, zombie.gate);
  await Promise.race([stalled, zombie.reached]);
  const woken = await world.drain(from, sizeOf, undefined, from + middle);
  zombie.letGo();
  await stalled;
  await world.drain(woken, sizeOf);
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
