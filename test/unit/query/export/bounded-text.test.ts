import { expect, it } from 'vitest';
import { answerBytesMax } from '../../../../functions/query/answer-bytes.ts';
import { boundedText } from '../../../../functions/query/export/bounded-text.ts';

const days = (count: number) => ({ from: 0, to: count * 86_400_000, zone: 'UTC' });
const rows = (count: number, text: string) => Array.from({ length: count }, () => text);

it('is all of what fits, by the bytes that it has as a JSON text', () => {
  const quotes = '"'.repeat(answerBytesMax / 2);
  expect(boundedText([quotes], 1, days(1))).toBe(quotes);
  expect(() => boundedText([quotes, 'a'], 2, days(1))).toThrow('ask');
  // Two bytes of UTF-8 each, and none more for being escaped.
  const umlauts = 'ü'.repeat(answerBytesMax / 2);
  expect(boundedText([umlauts], 1, days(1))).toBe(umlauts);
});

it.each([
  [days(40), 4, 'ask for about 9 days at a time (from, to), or for less'],
  [days(1), 4, 'ask for about 5 hours at a time (from, to), or for less'],
  [days(1), 100, 'ask for less'],
])('of %j that is %i times too much names what would fit', (range, times, message) => {
  const texts = rows(times * 100, 'a'.repeat(answerBytesMax / 98));
  expect(() => boundedText(texts, texts.length, range)).toThrow(message);
});

it('makes no more of it than shows that it is too much', () => {
  let made = 0;
  function* endless() {
    for (;;) {
      made += 1;
      yield 'a'.repeat(1_000_000);
    }
  }
  expect(() => boundedText(endless(), 1_000_000, days(1))).toThrow('about 1000000.0 MB');
  expect(made).toBe(6);
});
