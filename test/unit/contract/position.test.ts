import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { laneOf, positionOf, sequenceNumberOf } from '../../../functions/contract/position.ts';

describe('positions', () => {
  it('compare as their sequence numbers do, at any number of digits', () => {
    const sequenceNumber = fc.bigInt({ min: 0n, max: 10n ** 56n - 1n });
    fc.assert(
      fc.property(sequenceNumber, sequenceNumber, (a, b) => {
        const [left, right] = [positionOf(String(a)), positionOf(String(b))];
        return left < right === a < b && (left === right) === (a === b);
      }),
    );
  });

  it('give their sequence number back', () => {
    const text = '49590338271490256608559692538361571095921575989136588898';
    expect(sequenceNumberOf(positionOf(text))).toBe(text);
  });

  it('refuse what is no sequence number, with its value in the message', () => {
    expect(() => positionOf('12a')).toThrow('"12a"');
    expect(() => positionOf('')).toThrow(RangeError);
  });
});

describe('lanes', () => {
  it('name the generation and the shard in a few characters', () => {
    expect(laneOf(0, 'shardId-000000000000')).toBe('0_0');
    expect(laneOf(1, 'shardId-000000000046')).toBe('1_1a');
  });

  it('refuse an unknown form of shard id', () => {
    expect(() => laneOf(0, 'shard-1')).toThrow('"shard-1"');
  });
});
