import { describe, expect, it } from 'vitest';
import type { Outcome } from './outcome.ts';
import { type Culprits, shrink } from './shrink.ts';

const allFaults = Array.from({ length: 40 }, (_, index) => `${['lost', 'late', 'twice', 'torn'][index % 4]}@${index}`);
const loads = Array.from({ length: 12 }, (_, index) => `v${index}`);

/** A world that counts too much when two faults come together while one load is there. */
function world({ only, without }: Culprits): Outcome {
  const faults = allFaults.filter((id) => only.has(id) || only.has(`${id.split('@')[0]}@*`));
  const fails = faults.includes('late@5') && faults.includes('torn@19') && !without.has('v4');
  const figures = {
    visitors: 0,
    batches: 0,
    repeats: 0,
    events: 0,
    records: 0,
    shards: 0,
    invocations: 0,
    failed: 0,
    items: 0,
  };
  return {
    seed: 1,
    differences: fails ? ['a page pv: 1 happened, 2 counted'] : [],
    faults: faults.map((id) => ({ kind: 'request-lost', id, at: 0 })),
    figures,
  };
}

describe('a failing world', () => {
  it('is shrunk to the faults and loads that make it fail', async () => {
    const whole = world({ only: new Set(allFaults), without: new Set() });
    const { faults, without, outcome, runs } = await shrink(whole, loads, async (culprits) => world(culprits), 250);
    expect(faults.sort()).toEqual(['late@5', 'torn@19']);
    expect(without).toEqual(loads.filter((load) => load !== 'v4'));
    expect(outcome.differences).toEqual(whole.differences);
    expect(runs).toBeLessThan(100);
  });
});
