import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boundedNumber, boundedText, describeValue, exactInteger } from '../../../functions/stream/bounded.ts';

describe('bounded text', () => {
  it('is never longer than its bound, is storable, and stays as it is when bounded again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 1, max: 30 }), (text, lengthMax) => {
        const bounded = boundedText(text, lengthMax);
        expect(bounded.length).toBeLessThanOrEqual(lengthMax);
        expect(boundedText(bounded, lengthMax)).toBe(bounded);
        expect(Buffer.from(bounded).toString()).toBe(bounded);
        expect(bounded).not.toContain('\n');
      }),
    );
  });

  it('keeps what fits, and marks what was cut', () => {
    expect([boundedText('abcd', 4), boundedText('abcde', 4)]).toEqual(['abcd', 'abc…']);
  });

  it('does not leave half a character at the cut', () => {
    expect(boundedText('ab😀cd', 4)).toBe('ab\ufffd…');
  });
});

it('a bounded number is the nearest whole one', () => {
  expect([1.4, 1.6, -7, 99, -0.2].map((value) => boundedNumber(value, 0, 10))).toEqual([1, 2, 0, 10, 0]);
  for (const value of ['1', null, undefined, Number.NaN, Number.POSITIVE_INFINITY, [1]]) {
    expect(boundedNumber(value, 0, 10)).toBeUndefined();
  }
});

it('an exact integer is taken as it is or not at all', () => {
  expect([0, 10, -0].map((value) => exactInteger(value, 0, 10))).toEqual([0, 10, 0]);
  for (const value of [-1, 11, 0.5, '1', null, Number.NaN]) expect(exactInteger(value, 0, 10)).toBeUndefined();
});

it('a description is short, and does not look into what is nested', () => {
  expect(['x'.repeat(99), null, [1, 2], {}, 7, undefined].map(describeValue)).toEqual([
    `"${'x'.repeat(40)}…"`,
    'null',
    'a list of 2',
    'an object',
    '7',
    'undefined',
  ]);
});
