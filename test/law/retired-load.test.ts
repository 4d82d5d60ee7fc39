import { describe, expect, it } from 'vitest';
import type { StreamRecord } from '../../functions/contract/record.ts';
import { memoryVisitorStore } from '../../functions/store/visitor-store.memory.ts';
import { recordOf, view } from '../unit/aggregate/given.ts';
import { quietly } from './drive.ts';
import { differences } from './recount.ts';
import { World } from './world.ts';

quietly();

const noon = Date.parse('2026-11-23T12:00:00Z');
const batch = (load: number, n: number): StreamRecord =>
  recordOf({
    receivedAt: noon + n * 1_000 + load,
    load: (0xabc000 + load).toString(16).padStart(16, '0'),
    n,
    events: [view()],
  });
/** Load 0, and then a dozen others: more than a state holds, so that it lets load 0 go. */
const round = (n: number) => Array.from({ length: 13 }, (_, load) => batch(load, n));

/** A store that fails every save while `isAway`. */
function failingSaves() {
  const store = memoryVisitorStore();
  const control = { isAway: false };
  const save: typeof store.save = async (...args) => {
    if (control.isAway) throw new Error('the store is away');
    return store.save(...args);
  };
  return { visitors: { ...store, save }, control };
}

describe('a load that its state has let go of', () => {
  it('is known as the saved state knew it, when the attempt that let it go again has failed', async () => {
    const records = [...round(0), ...round(1), batch(0, 0), batch(0, 1)];
    const { visitors, control } = failingSaves();
    const world = new World(records, { visitors });
    await world.invoke(0, 13);
    control.isAway = true;
    expect((await world.invoke(13, 26)).failedFrom).not.toBeNull();
    control.isAway = false;
    expect((await world.invoke(13, 26)).failedFrom).toBeNull();
    const { figures } = await world.invoke(26, 28);
    expect(figures.repeats).toBe(2);
    expect(differences(records, await world.items())).toEqual([]);
  });

  it('is not taken for counted by what a failed attempt wrote of it, however long the retry is', async () => {
    const records = [...round(0), ...round(1)];
    for (const to of [13, 14, 20, 26]) {
      const { visitors, control } = failingSaves();
      const world = new World(records, { visitors });
      await world.invoke(0, 1);
      control.isAway = true;
      await world.invoke(1, 26);
      control.isAway = false;
      await world.invoke(1, to);
      await world.invoke(to, 26);
      expect(differences(records, await world.items())).toEqual([]);
    }
  });
});
