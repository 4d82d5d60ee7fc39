import { describe, expect, it } from 'vitest';
import { type Position, positionOf } from '../../../functions/contract/position.ts';
import type { ItemIncrements } from '../../../functions/store/counter-store.ts';
import { partsAfter, piecesOf, sumOf } from '../../../functions/store/run.ts';

const at = (index: number): Position => positionOf(String(index));
const part = (index: number, counters: Record<string, number>, texts: Record<string, string> = {}) => ({
  position: at(index),
  counters,
  texts,
});
const key = { pk: 'p', sk: 's' };

describe('a run', () => {
  it('adds up by name, leaves out what adds nothing, and keeps the last text', () => {
    const sum = sumOf(key, [part(1, { pv: 1, ra: 0 }, { t: 'a' }), part(2, { pv: 2, cl: 3 }, { t: 'b' })]);
    expect([...sum.counters]).toEqual([
      ['pv', 3],
      ['cl', 3],
    ]);
    expect([...sum.texts]).toEqual([['t', 'b']]);
  });

  it('after a guard is what stands after it, not at it', () => {
    const parts = [part(1, {}), part(2, {}), part(3, {})];
    expect(partsAfter(parts, at(2))).toEqual([parts[2]]);
  });

  it('of few names is one piece, as it is', () => {
    const run: ItemIncrements = { key, first: at(0), last: at(9), parts: [part(1, { a: 1 }), part(2, { b: 1 })] };
    expect(piecesOf(run, 2)).toEqual([run]);
  });

  it('of many names is cut between records, each piece a run that follows the one before', () => {
    const parts = [part(1, { a: 1 }), part(3, { a: 1, b: 1 }), part(5, { c: 1 }, { b: 'text' }), part(7, { c: 1 })];
    const run: ItemIncrements = { key, first: at(0), last: at(9), parts, expiresAt: 5 };
    expect(piecesOf(run, 2)).toEqual([
      { key, first: at(0), last: at(3), parts: parts.slice(0, 2), expiresAt: 5 },
      { key, first: at(5), last: at(9), parts: parts.slice(2), expiresAt: 5 },
    ]);
  });
});
