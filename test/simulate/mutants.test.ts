import { describe, expect, it } from 'vitest';
import { firstToNotice } from './mutant-hunt.ts';
import { mutants } from './mutants/all.ts';

// Those that no world is known to notice are for `npm run simulate -- --mutant NAME` to look for, which takes minutes.
const known = mutants.filter(({ seeds }) => seeds.length > 0);

describe('the simulator notices within 200 worlds', () => {
  it.each(known)(
    '$name: $what',
    async (mutant) => {
      expect(await firstToNotice(mutant)).not.toBeNull();
    },
    600_000,
  );

  it('at least thirty mutants, each of a name of its own', () => {
    expect(known.length).toBeGreaterThanOrEqual(30);
    expect(new Set(mutants.map(({ name }) => name)).size).toBe(mutants.length);
  });
});
