/** What a dashboard's socket may hand it: messages as the product writes them, damaged ones, and anything else. */
import fc from 'fast-check';
import type { WireTotals } from '../../functions/contract/live.ts';
import { keptFrames } from './corpus.ts';
import { type Json, mutateText, mutateTree, textMutation, treeMutation } from './mutation.ts';
import { anyText, oddNumber } from './odd-values.ts';

const now = Date.parse('2026-11-23T14:00:30Z');
const minute = Math.floor(now / 60_000);

const partition = fc.oneof(
  fc.nat(70).map((ago) => `1|demo|live|${minute - ago}`),
  fc.constantFrom(
    '1|demo|hour|2026-11-23',
    '1|demo|page|2026-11-20',
    '1|demo|value|2026-11-23',
    '1|demo|element|2026-11-23|a1B2c3D4|mobile',
  ),
);
const counters = fc.dictionary(
  fc.constantFrom('pv', 'vi', 'A3', 'L3', 'a1B2c3D4A0', 'd:mobile:p', 'Hcl'),
  fc.nat(2_000),
  {
    maxKeys: 6,
    noNullPrototype: true,
  },
);
const texts = fc.dictionary(fc.constantFrom('p', 't', 'u', 'at', 'v'), anyText, { maxKeys: 3, noNullPrototype: true });
const item: fc.Arbitrary<WireTotals> = fc
  .tuple(partition, fc.constantFrom('0a', 'ff', 'a1B2c3D4'), counters, fc.option(texts))
  .map(([pk, sk, counted, said]): WireTotals => (said ? [pk, sk, counted, said] : [pk, sk, counted]));
const about = {
  epoch: fc.constantFrom('1', '1', '1', '2', '10'),
  asOf: fc.oneof(
    { weight: 9, arbitrary: fc.nat(180_000).map((later) => now + later) },
    { weight: 1, arbitrary: fc.constant(0) },
  ),
  items: fc.array(item, { maxLength: 6 }),
};
const row = fc.record({
  at: fc.nat(180_000).map((later) => now + later),
  id: anyText,
  what: fc.constantFrom('view', 'click', 'rage', 'dead', 'leave', 'outbound', 'custom'),
  path: anyText,
  label: anyText,
  device: fc.constantFrom('desktop', 'tablet', 'mobile'),
  country: fc.constantFrom('', 'CH'),
  browser: anyText,
});
const message = fc.oneof(
  fc.record(
    { type: fc.constant('totals'), ...about, feed: fc.array(row, { maxLength: 4 }) },
    { requiredKeys: ['type', 'epoch', 'asOf', 'items'] },
  ),
  fc.record({ type: fc.constant('snapshot'), id: fc.nat(5), part: fc.nat(3), parts: fc.constantFrom(1, 4), ...about }),
  fc.record({ type: fc.constant('error'), code: fc.constantFrom('gone', 'bad-message', 'other'), message: anyText }),
);

const written = message.map((value) => JSON.stringify(value));
const mutated = fc
  .tuple(message, fc.array(treeMutation, { minLength: 1, maxLength: 3 }))
  .map(([value, mutations]) => JSON.stringify(mutateTree(value as unknown as Json, mutations)));
const damaged = fc
  .tuple(fc.oneof(written, fc.constantFrom(...keptFrames.map(({ frame }) => frame))), textMutation)
  .map(([text, mutation]) => mutateText(text, [mutation]));
/** Counters and instants that no counter can have, where they do the most. */
const impossible = fc
  .tuple(
    fc.constantFrom('asOf', 'pv', 'id', 'parts'),
    fc.oneof(oddNumber.map(String), fc.constantFrom('1e999', 'null', '"7"', '[]', '{}', 'true')),
    written,
  )
  .map(([name, value, text]) => text.replace(new RegExp(`"${name}":[^,}]+`), `"${name}":${value}`));

/** Texts as API Gateway sends them, bytes as others do, and what no socket should. */
export const frameArbitrary: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 30, arbitrary: written },
  { weight: 30, arbitrary: mutated },
  { weight: 15, arbitrary: damaged.map((bytes) => bytes.toString()) },
  { weight: 8, arbitrary: damaged },
  { weight: 4, arbitrary: damaged.map((bytes) => new Uint8Array(bytes).buffer) },
  { weight: 8, arbitrary: impossible },
  { weight: 3, arbitrary: fc.constantFrom(...keptFrames.map(({ frame }) => frame)) },
  { weight: 2, arbitrary: fc.jsonValue().map((value) => JSON.stringify(value)) },
  { weight: 2, arbitrary: fc.anything() },
);
