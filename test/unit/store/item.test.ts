import { describe, expect, it } from 'vitest';
import { type Lane, type Position, positionOf } from '../../../functions/contract/position.ts';
import {
  attributesOf,
  bytesOfPosition,
  guardsOf,
  keyOf,
  positionOfBytes,
  totalsOf,
} from '../../../functions/store/item.dynamo.ts';

describe('an item in DynamoDB', () => {
  it('comes back as totals as it went', () => {
    const totals = {
      key: { pk: '1|shop|hour|2026-11-23', sk: '2026-11-23T14:00Z' },
      counters: { pv: 3, g_abcdefA0: 2, 'c:DE:p': 1 },
      texts: { p: '/', g_0_0: 'text' },
    };
    const attributes = attributesOf(totals);
    expect(totalsOf(keyOf(attributes), attributes)).toEqual(totals);
  });

  it('holds guards and a time to live that are no counters', () => {
    const guard = positionOf('49590338271490256608559692538361571095921575989136588898');
    const attributes = {
      ...attributesOf({ key: { pk: 'p', sk: 's' }, counters: { pv: 1, g_abcdefA0: 2 }, texts: {} }),
      g_0_a: { B: bytesOfPosition(guard) },
      ttl: { N: '5' },
    };
    expect(totalsOf({ pk: 'p', sk: 's' }, attributes).counters).toEqual({ pv: 1, g_abcdefA0: 2 });
    expect(guardsOf(attributes)).toEqual({ ['0_a' as Lane]: guard });
  });

  it('compares positions as bytes as it does as numbers', () => {
    const numbers = ['0', '9', '10', '255', '256', '49590338271490256608559692538361571095921575989136588898'];
    const positions = numbers.map(positionOf);
    const bytes = positions.map(bytesOfPosition);
    expect([...bytes].sort(Buffer.compare)).toEqual(bytes);
    expect(bytes.map(positionOfBytes)).toEqual(positions satisfies Position[]);
  });
});
