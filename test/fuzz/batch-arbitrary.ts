/** Batches that ingest must take: every kind of event, within the bounds that refuse, and anywhere within those that clamp. */
import fc from 'fast-check';
import {
  type Batch,
  elementKinds,
  kind,
  type PulseEvent,
  type WireElement,
  type WirePage,
} from '../../functions/contract/event.ts';
import { amount, anyText } from './odd-values.ts';

export const writeKey = 'demo';
export const siteOrigin = 'https://shop.example';
const hour = 3_600_000;
const madeAt = Date.parse('2026-11-23T13:00:00Z');

/** An event before it is known how many pages and elements there are: `on` becomes an index into them. */
interface LooseEvent {
  kind: number;
  age: number;
  on: number;
  rest: unknown[];
}

const cell = fc.integer({ min: 0, max: 4_095 });
const band = fc.integer({ min: 0, max: 19 });
const some = (values: fc.Arbitrary<unknown>[]) => fc.tuple(...values);
const name = anyText.map((text) => text || 'event');
const address = anyText.map((text) => `https://partner.example/${text}`);
const property = fc.oneof(anyText, amount(1_000), fc.boolean(), fc.constant(null));
const properties = fc.dictionary(anyText, property, { maxKeys: 10, noNullPrototype: true });
const reach = fc.tuple(band, band).map(([one, other]) => [Math.min(one, other), Math.max(one, other)]);
const pairs = fc.array(fc.tuple(band, amount(30_000)), { maxLength: 20 }).map((list) => [list.flat()]);

const restByKind: [kind: number, weight: number, rest: fc.Arbitrary<unknown[]>][] = [
  [kind.view, 4, some([fc.integer({ min: 0, max: 6 })])],
  [kind.click, 6, some([cell, cell, fc.integer({ min: 0, max: 31 })])],
  [kind.rage, 2, some([cell, cell, fc.integer({ min: 3, max: 50 })])],
  [kind.move, 4, some([cell, cell, amount(10_000), amount(4_000)])],
  [kind.hover, 3, some([cell, cell, amount(5_000), fc.integer({ min: 0, max: 1 })])],
  [kind.reach, 2, reach],
  [kind.bands, 1, pairs],
  [kind.engaged, 2, some([amount(30_000)])],
  [kind.heartbeat, 1, fc.constant([])],
  [kind.hide, 1, fc.constant([])],
  [kind.show, 1, fc.constant([])],
  [kind.leave, 1, fc.constant([])],
  [kind.outbound, 1, some([address])],
  [kind.download, 1, some([address])],
  [kind.dead, 2, some([cell, cell])],
  [kind.field, 2, some([amount(90_000), fc.integer({ min: 0, max: 1 })])],
  [kind.abandon, 1, fc.constant([])],
  [kind.paneReach, 1, fc.tuple(reach, amount(20_000)).map(([bands, heldPx]) => [...bands, heldPx])],
  [kind.paneBands, 1, pairs],
  [kind.vitals, 1, some([amount(20_000), amount(5_000), amount(20_000)].map((value) => fc.option(value)))],
  [kind.custom, 2, some([name, properties])],
];
const looseEvent: fc.Arbitrary<LooseEvent> = fc.oneof(
  ...restByKind.map(([kindOf, weight, rest]) => ({
    weight,
    arbitrary: fc.record({ kind: fc.constant(kindOf), age: amount(60_000), on: fc.nat(300), rest }),
  })),
);

const page: fc.Arbitrary<WirePage> = fc.tuple(
  anyText,
  anyText,
  anyText,
  fc.oneof(fc.constantFrom(390, 834, 1_280), amount(3_000)),
  amount(2_000),
  amount(20_000),
  fc.oneof(fc.constant<string[]>([]), fc.array(anyText, { minLength: 5, maxLength: 5 })),
);
type LooseElement = [on: number, ...(WireElement extends [number, ...infer Rest] ? Rest : never)];
const looseElement: fc.Arbitrary<LooseElement> = fc.tuple(
  fc.nat(40),
  anyText.map((text) => text || 'a'),
  anyText,
  amount(3_000),
  amount(20_000),
  amount(2_000),
  amount(1_000),
  fc.integer({ min: 0, max: 1 }),
);

/** Mostly small, now and then as long as is allowed. */
function listOf<T>(one: fc.Arbitrary<T>, usualMax: number, max: number): fc.Arbitrary<T[]> {
  return fc.oneof(
    { weight: 60, arbitrary: fc.array(one, { maxLength: usualMax }) },
    { weight: 1, arbitrary: fc.array(one, { maxLength: max, size: 'max' }) },
  );
}

/** Hex digits of a load; of a few, so that loads are met again, and their numbers repeated, or of any. */
const load = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('0123456789abcdef', '00000000000000aa', 'ffffffffffffffff') },
  { weight: 2, arbitrary: fc.nat(0xffff_ffff).map((number) => number.toString(16).padStart(16, '0')) },
);

export const batchArbitrary: fc.Arbitrary<Batch> = fc
  .record({
    l: load,
    n: fc.oneof({ weight: 5, arbitrary: fc.nat(40) }, { weight: 1, arbitrary: fc.nat(10_000_000) }),
    // The clock of a visitor may be years off: only the difference of the two counts.
    made: fc.oneof(
      { weight: 5, arbitrary: fc.constant(madeAt) },
      { weight: 1, arbitrary: fc.double({ min: -1e14, max: 1e14, noNaN: true }) },
    ),
    delay: fc.oneof(
      { weight: 5, arbitrary: fc.nat(500) },
      { weight: 1, arbitrary: fc.integer({ min: -24 * hour, max: 23 * hour }) },
    ),
    token: fc.oneof(
      { weight: 5, arbitrary: fc.constant(undefined) },
      { weight: 1, arbitrary: fc.string({ maxLength: 256 }) },
    ),
    g: anyText,
    p: fc.tuple(page, listOf(page, 2, 31)),
    e: listOf(looseElement, 5, 250),
    x: fc.tuple(looseEvent, listOf(looseEvent, 10, 249)),
  })
  .map(({ l, n, made, delay, token, g, p, e, x }) => {
    const pages = [p[0], ...p[1]];
    const elements = e.map(([on, ...rest]): WireElement => [on % pages.length, ...rest]);
    const events = [x[0], ...x[1]].map((event) => eventOf(event, pages.length, elements.length));
    const times = { t: made, s: made + delay };
    return {
      v: 1,
      k: writeKey,
      l,
      n,
      ...times,
      ...(token !== undefined && { i: token }),
      o: siteOrigin,
      g,
      p: pages,
      e: elements,
      x: events,
    };
  });

function eventOf({ kind: kindOf, age, on, rest }: LooseEvent, pages: number, elements: number): PulseEvent {
  if (!elementKinds.includes(kindOf)) return [kindOf, age, on % pages, ...rest] as PulseEvent;
  // Where a batch has no element there is nothing to click.
  return (elements === 0 ? [kind.heartbeat, age, on % pages] : [kindOf, age, on % elements, ...rest]) as PulseEvent;
}
