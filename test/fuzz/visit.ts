/** Some bodies of one visitor, as they would come one after another: an example that a failure is shrunk to. */
import fc from 'fast-check';
import { bodyArbitrary, type SentBody } from './body-arbitrary.ts';
import { mutateText, mutateTree, textMutation, treeMutation } from './mutation.ts';
import { oddNumber } from './odd-values.ts';

export interface Sent extends SentBody {
  /** Since the body before. */
  afterMs: number;
  /** The `Origin` header. */
  header: string | undefined;
  /** What becomes of the record's bytes on a second way over the stream; null: there is none. */
  damage: ((record: Uint8Array) => Uint8Array) | null;
}

export interface Visit {
  zone: string;
  /** Which names are admitted: all, none, or by their hash. */
  admitted: 'all' | 'none' | 'half';
  sent: Sent[];
}

const zones = ['UTC', 'Europe/Berlin', 'Asia/Kolkata', 'Australia/Lord_Howe', 'Pacific/Kiritimati', 'Pacific/Apia'];
const hour = 3_600_000;

/** Under a number of its own, or it would count as a repeat before it is looked at. */
const recordOf = (bytes: Uint8Array) =>
  Buffer.from(bytes)
    .toString()
    .replace(/"n":(\d+)/, '"n":1$1');
const damage: fc.Arbitrary<(record: Uint8Array) => Uint8Array> = fc.oneof(
  fc.array(treeMutation, { minLength: 1, maxLength: 2 }).map((mutations) => (record: Uint8Array) => {
    return Buffer.from(JSON.stringify(mutateTree(JSON.parse(recordOf(record)), mutations)));
  }),
  textMutation.map((mutation) => (record: Uint8Array) => mutateText(recordOf(record), [mutation])),
  oddNumber.map((at) => (record: Uint8Array) => Buffer.from(recordOf(record).replace(/"r":\d+/, `"r":${at}`))),
);
const sentArbitrary: fc.Arbitrary<Sent> = fc
  .tuple(
    bodyArbitrary,
    fc.oneof({ weight: 4, arbitrary: fc.nat(20_000) }, { weight: 1, arbitrary: fc.nat(80 * hour) }),
    fc.oneof(
      { weight: 9, arbitrary: fc.constant('https://shop.example') },
      fc.constantFrom(undefined, 'null', '', 'x'),
    ),
    fc.option(damage, { freq: 4 }),
  )
  .map(([body, afterMs, header, change]) => ({ ...body, afterMs, header, damage: change }));

export const visitArbitrary: fc.Arbitrary<Visit> = fc.record({
  zone: fc.constantFrom(...zones),
  admitted: fc.constantFrom('all', 'all', 'none', 'half'),
  sent: fc.oneof(
    { weight: 40, arbitrary: fc.array(sentArbitrary, { minLength: 1, maxLength: 7, size: 'max' }) },
    // So many that a state cannot hold all their loads.
    { weight: 1, arbitrary: fc.array(sentArbitrary, { minLength: 80, maxLength: 100, size: 'max' }) },
  ),
});
