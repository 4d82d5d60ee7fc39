import { expect, it } from 'vitest';
import { usageOf } from '../../../functions/process/usage-of.ts';
import { nothingPushed } from '../../../functions/push/pusher.ts';

const used = { writeUnits: 40, readUnits: 8 };

it('what a batch used is its one site’s, or shared by records', () => {
  const pushed = { ...nothingPushed(), messages: 4 };
  expect(usageOf({ recordsBySite: new Map([['shop', 7]]), pushed }, used)).toEqual([
    ['shop', { batches: 1, writeUnits: 40, readUnits: 8, messages: 4 }],
  ]);
  const recordsBySite = new Map([
    ['shop', 3],
    ['docs', 1],
  ]);
  expect(usageOf({ recordsBySite, pushed }, used)).toEqual([
    ['shop', { batches: 0.75, writeUnits: 30, readUnits: 6, messages: 3 }],
    ['docs', { batches: 0.25, writeUnits: 10, readUnits: 2, messages: 1 }],
  ]);
  expect(usageOf({ recordsBySite: new Map(), pushed }, used)).toEqual([]);
});
