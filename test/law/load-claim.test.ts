import { describe, expect, it } from 'vitest';
import type { StreamRecord } from '../../functions/contract/record.ts';
import { dayMs, hourMs } from '../../functions/contract/time-unit.ts';
import { memoryVisitorStore } from '../../functions/store/visitor-store.memory.ts';
import { recordOf, view } from '../unit/aggregate/given.ts';
import { quietly } from './drive.ts';
import { differences } from './recount.ts';
import { World } from './world.ts';

quietly();

const noon = Date.parse('2026-11-23T12:00:00Z');
const record = (load: string, n: number, receivedAt: number): StreamRecord =>
  recordOf({ receivedAt, load: load.padStart(16, '0'), n, events: [view()] });

/** A store that notes until when each claim was asked for. */
function notedClaims() {
  const store = memoryVisitorStore();
  const asked: [load: string, until: number][] = [];
  const claimLoad: typeof store.claimLoad = async (...args) => {
    asked.push([args[1].slice(-1), args[3] * 1000]);
    return store.claimLoad(...args);
  };
  return { visitors: { ...store, claimLoad }, asked };
}

/**
 * A claim that ended with its load still in use could be taken by another visitor, for a copy of a batch that came by another
 * network and is read again.
 */
describe('the claim of a load', () => {
  it('is asked for again by the first record of a further day, and lasts 72 h after every record', async () => {
    const times = [0, hourMs, 11 * hourMs, 13 * hourMs, 14 * hourMs, 2 * dayMs, 4 * dayMs].map((after) => noon + after);
    const records = times.map((at, n) => record('a', n, at));
    const { visitors, asked } = notedClaims();
    const world = new World(records, { visitors });
    for (const [index, { receivedAt }] of records.entries()) {
      await world.invoke(index, index + 1);
      expect(Math.max(...asked.map(([, until]) => until))).toBeGreaterThanOrEqual(receivedAt + 72 * hourMs);
    }
    expect(asked).toHaveLength(4);
    expect(differences(records, await world.items())).toEqual([]);
  });

  it('is asked for once by a batch, whatever it holds', async () => {
    const records = [record('a', 0, noon), ...[1, 2, 3].map((n) => record('a', n, noon + dayMs + n))];
    const { visitors, asked } = notedClaims();
    const world = new World(records, { visitors });
    await world.invoke(0, 1);
    await world.invoke(1, 4);
    expect(asked.map(([load]) => load)).toEqual(['a', 'a']);
    expect(differences(records, await world.items())).toEqual([]);
  });
});
