import { describe, expect, it } from 'vitest';
import { faultKinds } from './faults.ts';
import { runWorlds } from './many-worlds.ts';
import { addTo, newTally } from './report.ts';

// `npm run simulate -- --seeds 2000` runs many more.
const seeds = Array.from({ length: 60 }, (_, index) => index + 1);

describe('sixty simulated worlds', () => {
  it('count what happened, whatever goes wrong, and much does', async () => {
    const tally = newTally();
    const differences: string[] = [];
    await runWorlds(seeds, (report) => {
      addTo(tally, report);
      for (const difference of report.differences) differences.push(`seed ${report.seed}: ${difference}`);
      return true;
    });
    expect(differences).toEqual([]);
    expect(tally.worlds).toBe(60);
    expect(faultKinds.filter((kind) => !tally.faults.get(kind))).toEqual([]);
    expect(tally.least.visitors).toBeGreaterThanOrEqual(5);
    expect(tally.least.batches).toBeGreaterThanOrEqual(200);
    expect(tally.least.shards).toBeGreaterThanOrEqual(3);
  }, 600_000);
});
