import { describe, expect, it } from 'vitest';
import { firstToNotice } from './mutant-hunt.ts';
import { mutants } from './mutants/all.ts';

describe('the simulator notices within 200 worlds', () => {
  it.each(mutants)(
    '$name: $what',
    async (mutant) => {
      expect(await firstToNotice(mutant)).not.toBeNull();
    },
    600_000,
  );

  it('at least thirty mutants, each of a name of its own', () => {
    expect(mutants.length).toBeGreaterThanOrEqual(30);
    expect(new Set(mutants.map(({ name }) => name)).size).toBe(mutants.length);
  });
});
