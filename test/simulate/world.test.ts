import { describe, expect, it } from 'vitest';
import { runWorld } from './outcome.ts';

/** Where loads may be left out, nothing is added in their stead. */
const nobody = new Set(['nobody']);

describe('a simulated world', () => {
  it('plays the same each time', async () => {
    const [once, again] = [await runWorld({ seed: 7 }), await runWorld({ seed: 7 })];
    expect(once.faults.length).toBeGreaterThan(50);
    expect(again).toEqual(once);
  });

  it('plays the same with the faults that struck and no others', async () => {
    const whole = await runWorld({ seed: 7, without: nobody });
    const only = new Set(whole.faults.map(({ id }) => id));
    expect(await runWorld({ seed: 7, without: nobody, only })).toEqual(whole);
  });

  it('goes well where no fault may strike', async () => {
    const { faults, differences, figures } = await runWorld({ seed: 7, only: new Set(), without: nobody });
    expect(faults).toEqual([]);
    expect(differences).toEqual([]);
    expect(figures).toMatchObject({ failed: 0, shards: 1 });
  });

  it('is given more batches where fewer than it should have are planned', async () => {
    const planned = await runWorld({ seed: 7, without: nobody });
    const wanted = planned.figures.batches + 40;
    const topped = await runWorld({ seed: 7, batchesMin: wanted });
    expect(topped.figures.batches).toBeGreaterThanOrEqual(wanted);
    expect(topped.differences).toEqual([]);
  });
});
