import { describe, expect, it } from 'vitest';
import { runQueries } from './run-queries.ts';

describe('queries', () => {
  it('of any kind are answered, or refused by name', async () => {
    const { broken, queries, answers } = await runQueries({ queries: 10_000, seed: 7 });
    expect(broken).toBeNull();
    expect(answers.get('200')).toBeGreaterThan(queries / 10);
    for (const code of [
      '202',
      'bad-from',
      'bad-limit',
      'missing-path',
      'bad-range',
      'range-too-long',
      'no-key',
      'other-site',
    ])
      expect(answers.get(code), code).toBeGreaterThan(0);
  }, 60_000);
});
