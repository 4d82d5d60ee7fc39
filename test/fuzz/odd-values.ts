/** Texts and numbers that have broken parsers, keys and arithmetic before, beside ordinary ones. */
import fc from 'fast-check';

const words = [
  '/',
  '/pricing',
  '/a/b/index.html',
  '/docs/',
  'Buy now',
  '#buy',
  'main>ul>li:2',
  'signup',
  'de-CH',
  'x',
  '',
];
const oddTexts = [
  '__proto__',
  'constructor',
  'hasOwnProperty',
  'toString',
  'NaN',
  'Infinity',
  '-0',
  '1e309',
  'null',
  'undefined',
  '(other)',
  'a|b|c',
  'a\nb',
  'a\u0000b',
  '\ud800',
  'x\udc00y',
  '😀'.repeat(40),
  '\u202e\u200d\ufeff',
  '%00%zz%',
  '/?utm_source=a#b?c',
  'https://user:pass@host.example/p?q#f',
  'javascript:alert(1)',
  '{"a":1}',
  "'; drop table --",
  '<script>',
  '=p',
  'g_0_0',
  'pk',
  'İ'.repeat(12),
  'ß/ﬀ/ŉ',
];
const oddNumbers = [
  -0,
  -1,
  0.5,
  1e-320,
  59_999.999_999,
  4_095,
  4_096,
  2 ** 31,
  2 ** 32,
  2 ** 53 - 1,
  2 ** 53,
  1e21,
  8.64e15,
  8.64e15 + 1,
  -8.64e15,
  1e308,
  -1e308,
  Number.MIN_VALUE,
];

/** Units of 16 bits each of any kind, halves of characters too. */
const anyUnits = fc.array(fc.nat(0xffff), { maxLength: 12 }).map((units) => String.fromCharCode(...units));

export const oddText: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...oddTexts) },
  { weight: 2, arbitrary: anyUnits },
  { weight: 1, arbitrary: fc.integer({ min: 13, max: 3_000 }).map((length) => 'long'.repeat(length / 4)) },
);
export const anyText: fc.Arbitrary<string> = fc.oneof(
  { weight: 9, arbitrary: fc.constantFrom(...words) },
  { weight: 2, arbitrary: fc.string({ maxLength: 10 }) },
  { weight: 1, arbitrary: oddText },
);
/** Never NaN or infinite: JSON has neither, but for `1e999`, which a mutation of the text writes. */
export const oddNumber: fc.Arbitrary<number> = fc.oneof(
  fc.constantFrom(...oddNumbers),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);
/** For amounts, which are clamped: so any finite number is valid. */
export function amount(usualMax: number): fc.Arbitrary<number> {
  return fc.oneof({ weight: 12, arbitrary: fc.nat(usualMax) }, { weight: 1, arbitrary: oddNumber });
}
