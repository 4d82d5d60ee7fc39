import { expect, it } from 'vitest';
import { OverLimitTally } from '../../../functions/ingest/over-limit-tally.ts';

const noon = Date.parse('2026-11-23T12:00:00Z');

it('tells of the first at once, then of a flood once a second, and of each refusal once', () => {
  const tally = new OverLimitTally();
  const told: number[] = [];
  expect(tally.due(noon)).toBe(0);
  for (let n = 0; n < 10_000; n++) {
    tally.note();
    told.push(tally.due(noon + n));
  }
  told.push(tally.due(noon + 60_000));
  const lines = told.filter((count) => count > 0);
  expect(lines).toHaveLength(11);
  expect(lines[0]).toBe(1);
  expect(lines.reduce((sum, count) => sum + count, 0)).toBe(10_000);
  expect(tally.due(noon + 120_000)).toBe(0);
});
