import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countersPerUpdateMax, type ItemKey } from '../../functions/contract/counter.ts';
import { type Lane, type Position, positionOf } from '../../functions/contract/position.ts';
import type { AddResult, CounterStore, ItemIncrements } from '../../functions/store/counter-store.ts';
import { UnwritableError } from '../../functions/store/unwritable-error.ts';

const lane = '0_0' as Lane;
const otherLane = '0_1' as Lane;
/** As long as AWS's sequence numbers are, so that a comparison as numbers would not do. */
const at = (index: number): Position =>
  positionOf(`4959033827149025660855969253836157109592157598913655${1000 + index}`);

let keys = 0;
function freshKey(): ItemKey {
  return { pk: `1|site|hour|test-${++keys}`, sk: '2026-11-23T14:00Z' };
}

/** A run over the records `from` to `to`, each of which adds one to `pv`. */
function run(key: ItemKey, from: number, to: number): ItemIncrements {
  const parts = Array.from({ length: to - from + 1 }, (_, index) => ({
    position: at(from + index),
    counters: { pv: 1 },
    texts: {},
  }));
  return { key, first: at(from), last: at(to), parts };
}

async function countersOf(store: CounterStore, key: ItemKey): Promise<Record<string, number> | undefined> {
  return (await store.items([key]))[0]?.counters;
}

/** What every counter store does. The numbered sentences are the ways in which guards go wrong elsewhere. */
export function describeCounterStore(name: string, make: () => CounterStore, propertyRuns: number): void {
  describe(`counters in ${name}: counting once`, () => {
    it('counts a run and returns the totals of what changed', async () => {
      const store = make();
      const key = freshKey();
      await store.add(lane, { ...run(key, 1, 1), parts: [{ position: at(1), counters: { vi: 7 }, texts: {} }] });
      const result = await store.add(lane, run(key, 2, 4));
      expect(result).toEqual({ outcome: 'counted', totals: { key, counters: { pv: 3 }, texts: {} } });
      expect(await countersOf(store, key)).toEqual({ vi: 7, pv: 3 });
    });

    it('counts a repeated run once and returns the whole item', async () => {
      const store = make();
      const key = freshKey();
      await store.add(lane, {
        ...run(key, 1, 1),
        parts: [{ position: at(1), counters: { vi: 7 }, texts: { p: '/' } }],
      });
      await store.add(lane, run(key, 2, 4));
      const result = await store.add(lane, run(key, 2, 4));
      expect(result).toEqual({ outcome: 'repeated', totals: { key, counters: { vi: 7, pv: 3 }, texts: { p: '/' } } });
    });

    it('(1) of a retry that is longer than the first try, counts only the rest', async () => {
      const store = make();
      const key = freshKey();
      await store.add(lane, run(key, 1, 3));
      const result = await store.add(lane, run(key, 1, 8));
      expect(result).toEqual({ outcome: 'partly', totals: { key, counters: { pv: 8 }, texts: {} } });
    });

    it('(1) of a retry that was split, counts nothing again', async () => {
      const store = make();
      const key = freshKey();
      await store.add(lane, run(key, 1, 8));
      expect((await store.add(lane, run(key, 1, 4))).outcome).toBe('repeated');
      expect((await store.add(lane, run(key, 5, 8))).outcome).toBe('repeated');
      expect((await store.add(lane, run(key, 9, 9))).totals.counters).toEqual({ pv: 9 });
    });

    it('(2) counts a run whose records here all follow the guard, though the run begins before it', async () => {
      const store = make();
      const key = freshKey();
      await store.add(lane, run(key, 1, 5));
      const late = { ...run(key, 7, 8), first: at(3), last: at(9) };
      expect(await store.add(lane, late)).toMatchObject({ outcome: 'counted', totals: { counters: { pv: 7 } } });
      expect((await store.add(lane, late)).outcome).toBe('repeated');
    });

    it('(2) moves the guard to the end of the run, beyond its last record here', async () => {
      const store = make();
      const key = freshKey();
      await store.add(lane, { ...run(key, 2, 2), first: at(1), last: at(9) });
      expect((await store.add(lane, run(key, 5, 6))).outcome).toBe('repeated');
      expect((await store.add(lane, run(key, 10, 10))).totals.counters).toEqual({ pv: 2 });
    });

    it('(3) keeps a guard for each lane, so that a child shard counts though its positions are lower', async () => {
      const store = make();
      const key = freshKey();
      await store.add(lane, run(key, 100, 101));
      await store.add(otherLane, run(key, 1, 3));
      expect((await store.add(otherLane, run(key, 1, 3))).outcome).toBe('repeated');
      expect((await store.add(lane, run(key, 100, 101))).outcome).toBe('repeated');
      expect(await countersOf(store, key)).toEqual({ pv: 5 });
    });

    it('(3) keeps a guard for each generation of the stream', async () => {
      const store = make();
      const key = freshKey();
      await store.add(lane, run(key, 100, 101));
      expect((await store.add('1_0' as Lane, run(key, 1, 1))).totals.counters).toEqual({ pv: 3 });
    });

    it('(4, 5) adds nothing before the mark of a lane, and counts it in a lane of its own', async () => {
      const store = make();
      const key = freshKey();
      await store.add(lane, run(key, 10, 12));
      expect((await store.add(lane, run(key, 4, 5))).outcome).toBe('repeated');
      expect((await store.add('redrive_0' as Lane, run(key, 4, 5))).totals.counters).toEqual({ pv: 5 });
    });

    it('(7) counts what the producer repeats under a new position: that is for the visitor state to see', async () => {
      const store = make();
      const key = freshKey();
      await store.add(lane, run(key, 1, 1));
      expect((await store.add(lane, run(key, 2, 2))).totals.counters).toEqual({ pv: 2 });
    });
  });

  describe(`counters in ${name}: attempts side by side`, () => {
    it('counts a run once when two attempts add it at the same time', async () => {
      const store = make();
      const key = freshKey();
      const results = await Promise.all([store.add(lane, run(key, 1, 3)), store.add(lane, run(key, 1, 3))]);
      expect(results.map(({ outcome }) => outcome).sort()).toEqual(['counted', 'repeated']);
      expect(results.map(({ totals }) => totals.counters)).toEqual([{ pv: 3 }, { pv: 3 }]);
    });

    it('counts each record once when an attempt thought dead adds beside a longer one', async () => {
      const store = make();
      const key = freshKey();
      await Promise.all([
        store.add(lane, run(key, 1, 3)),
        store.add(lane, run(key, 1, 9)),
        store.add(lane, run(key, 1, 6)),
      ]);
      expect(await countersOf(store, key)).toEqual({ pv: 9 });
    });

    it('counts all of several lanes that add at the same time', async () => {
      const store = make();
      const key = freshKey();
      const lanes = Array.from({ length: 8 }, (_, index) => `0_${index}` as Lane);
      await Promise.all(lanes.map((one) => store.add(one, run(key, 1, 5))));
      expect(await countersOf(store, key)).toEqual({ pv: 40 });
    });

    it('counts each record once whatever is split, repeated, or runs late', async () => {
      const attempt = fc.record({ length: fc.integer({ min: 1, max: 6 }), succeeds: fc.boolean(), late: fc.boolean() });
      await fc.assert(
        fc.asyncProperty(fc.array(attempt, { minLength: 1, maxLength: 12 }), async (attempts) => {
          const store = make();
          const key = freshKey();
          let next = 1;
          const late: Promise<AddResult>[] = [];
          for (const { length, succeeds, late: isLate } of attempts) {
            const adding = store.add(lane, run(key, next, next + length - 1));
            // A late attempt runs on beside all that follow, as one does that Lambda has given up.
            if (isLate) late.push(adding);
            else await adding;
            if (succeeds && !isLate) next += length;
          }
          await store.add(lane, run(key, next, next + 5));
          await Promise.all(late);
          const counted = (await countersOf(store, key))?.pv;
          expect(counted).toBe(next + 5);
        }),
        { numRuns: propertyRuns },
      );
    });
  });

  describe(`counters in ${name}: what an item holds`, () => {
    it('keeps the last text in stream order, and none from a repeat', async () => {
      const store = make();
      const key = freshKey();
      const titles = ['Old', '', 'Title — “now” 🚲'].map((t, index) => ({
        position: at(index + 1),
        counters: { pv: 1 },
        texts: { t, p: '/' },
      }));
      const three: ItemIncrements = { key, first: at(1), last: at(3), parts: titles };
      expect((await store.add(lane, three)).totals.texts).toEqual({ t: 'Title — “now” 🚲', p: '/' });
      await store.add(lane, { ...three, last: at(1), parts: titles.slice(0, 1) });
      expect((await store.items([key]))[0]?.texts).toEqual({ t: 'Title — “now” 🚲', p: '/' });
    });

    it('keeps an empty text', async () => {
      const store = make();
      const key = freshKey();
      await store.add(lane, { ...run(key, 1, 1), parts: [{ position: at(1), counters: {}, texts: { t: '' } }] });
      expect(await store.items([key])).toEqual([{ key, counters: {}, texts: { t: '' } }]);
    });

    it('keeps counters of any name apart from texts, guards and reserved words', async () => {
      const store = make();
      const key = freshKey();
      const counters = { 'c:DE:p': 1, 'b:a b=c,d #e:v': 2, g_abcdefA0: 3, 'o:日本:p': 4, size: 5, A0: 6, 'a.b[0]': 7 };
      const result = await store.add(lane, {
        ...run(key, 1, 1),
        parts: [{ position: at(1), counters, texts: { size: 'text', A0: 'text' } }],
      });
      const totals = { key, counters, texts: { size: 'text', A0: 'text' } };
      expect(result.totals).toEqual(totals);
      expect((await store.add(lane, run(key, 1, 1))).totals).toEqual(totals);
      expect(await store.items([key])).toEqual([totals]);
    });

    it('adds exactly up to the largest safe integer', async () => {
      const store = make();
      const key = freshKey();
      const most = Number.MAX_SAFE_INTEGER - 1;
      await store.add(lane, { ...run(key, 1, 1), parts: [{ position: at(1), counters: { en: most }, texts: {} }] });
      const result = await store.add(lane, {
        ...run(key, 2, 2),
        parts: [{ position: at(2), counters: { en: 1 }, texts: {} }],
      });
      expect(result.totals.counters).toEqual({ en: Number.MAX_SAFE_INTEGER });
    });

    it('makes no counter of what adds nothing', async () => {
      const store = make();
      const key = freshKey();
      const parts = [{ position: at(1), counters: { pv: 1, ra: 0 }, texts: {} }];
      await store.add(lane, { ...run(key, 1, 1), parts });
      expect(await countersOf(store, key)).toEqual({ pv: 1 });
    });

    it('counts once a run with more counters than one update holds', async () => {
      const store = make();
      const key = freshKey();
      const parts = Array.from({ length: 10 }, (_, record) => ({
        position: at(record + 1),
        counters: Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`C${record}-${index}`, 1])),
        texts: {},
      }));
      const large = { key, first: at(1), last: at(10), parts };
      await store.add(lane, { ...large, last: at(5), parts: parts.slice(0, 5) });
      expect((await store.add(lane, large)).outcome).toBe('partly');
      expect((await store.add(lane, large)).outcome).toBe('repeated');
      const counters = (await countersOf(store, key)) ?? {};
      expect(Object.keys(counters)).toHaveLength(1000);
      expect(new Set(Object.values(counters))).toEqual(new Set([1]));
    });
  });

  describe(`counters in ${name}: what is refused`, () => {
    const refused: [string, (key: ItemKey) => ItemIncrements, RegExp?][] = [
      [
        'a counter that shrinks',
        (key) => ({ ...run(key, 1, 1), parts: [{ position: at(1), counters: { pv: -1 }, texts: {} }] }),
        /cannot be written: counter "pv" cannot grow by -1/,
      ],
      [
        'a counter that is no number',
        (key) => ({ ...run(key, 1, 1), parts: [{ position: at(1), counters: { pv: Number.NaN }, texts: {} }] }),
        /cannot be written/,
      ],
      ['records out of order', (key) => ({ ...run(key, 1, 2), parts: run(key, 1, 2).parts.reverse() })],
      ['records after the last position', (key) => ({ ...run(key, 1, 3), last: at(2) })],
      ['records before the first position', (key) => ({ ...run(key, 1, 3), first: at(2) })],
      ['a run of nothing', (key) => ({ ...run(key, 1, 1), parts: [] })],
      [
        'one record with more counters than one update holds',
        (key) => {
          const names = Array.from({ length: countersPerUpdateMax + 1 }, (_, index) => [`C${index}`, 1]);
          return { ...run(key, 1, 1), parts: [{ position: at(1), counters: Object.fromEntries(names), texts: {} }] };
        },
        /cannot be written: record \w+ adds to 281 counters/,
      ],
    ];
    for (const [what, increments, hopeless] of refused) {
      it(`${what} is refused${hopeless ? ' for good' : ''}, and nothing counts`, async () => {
        const store = make();
        const key = freshKey();
        const adding = store.add(lane, increments(key));
        await expect(adding).rejects.toThrow(hopeless ? UnwritableError : RangeError);
        if (hopeless) await expect(adding).rejects.toThrow(hopeless);
        else await expect(adding).rejects.not.toBeInstanceOf(UnwritableError);
        expect(await store.items([key])).toEqual([]);
      });
    }
  });

  describe(`counters in ${name}: reading`, () => {
    it('brings a partition in order of sk, without its neighbours', async () => {
      const store = make();
      const { pk } = freshKey();
      for (const sk of ['b', 'c', 'a', 'aa', 'B']) await store.add(lane, run({ pk, sk }, 1, 1));
      await store.add(lane, run({ pk: `${pk}x`, sk: 'a' }, 1, 1));
      expect((await store.partition(pk)).map(({ key }) => key.sk)).toEqual(['B', 'a', 'aa', 'b', 'c']);
      expect(await store.partition(`${pk}y`)).toEqual([]);
    });

    it('narrows a partition, both ends inclusive', async () => {
      const store = make();
      const { pk } = freshKey();
      for (const sk of ['10', '11', '12', '13', '2']) await store.add(lane, run({ pk, sk }, 1, 1));
      const sortKeys = async (from?: string, to?: string) =>
        (await store.partition(pk, from, to)).map(({ key }) => key.sk);
      expect(await sortKeys('11', '13')).toEqual(['11', '12', '13']);
      expect(await sortKeys('12')).toEqual(['12', '13', '2']);
      expect(await sortKeys(undefined, '11')).toEqual(['10', '11']);
      expect(await sortKeys('13', '11')).toEqual([]);
    });

    it('brings the last of a partition first, both ends inclusive, and no more than asked for', async () => {
      const store = make();
      const { pk } = freshKey();
      for (const sk of ['10', '11', '12', '13', '2']) await store.add(lane, run({ pk, sk }, 1, 1));
      const lastOf = async (from: string, to: string, limit: number) =>
        (await store.lastOf(pk, from, to, limit)).map(({ key }) => key.sk);
      expect(await lastOf('11', '13', 9)).toEqual(['13', '12', '11']);
      expect(await lastOf('10', '9', 2)).toEqual(['2', '13']);
      expect(await lastOf('13', '11', 9)).toEqual([]);
      expect(await store.lastOf(`${pk}y`, '0', '9', 1)).toEqual([]);
    });

    it('brings a partition of more than a megabyte whole', async () => {
      const store = make();
      const { pk } = freshKey();
      const t = 'x'.repeat(4000);
      const sortKeys = Array.from({ length: 300 }, (_, index) => String(index).padStart(4, '0'));
      await Promise.all(
        sortKeys.map((sk) =>
          store.add(lane, {
            ...run({ pk, sk }, 1, 1),
            parts: [{ position: at(1), counters: { pv: 1 }, texts: { t } }],
          }),
        ),
      );
      expect((await store.partition(pk)).map(({ key }) => key.sk)).toEqual(sortKeys);
      expect(await store.partition(pk, '0010', '0290')).toHaveLength(281);
      const last = (await store.lastOf(pk, '0000', '9999', 290)).map(({ key }) => key.sk);
      expect(last).toEqual(sortKeys.slice(-290).reverse());
    });

    it('brings an item with how far it has counted, in each lane', async () => {
      const store = make();
      const key = freshKey();
      await store.add(lane, run(key, 1, 3));
      await store.add(otherLane, run(key, 7, 7));
      expect(await store.guarded(key)).toEqual({
        key,
        counters: { pv: 4 },
        texts: {},
        guards: { [lane]: at(3), [otherLane]: at(7) },
      });
      expect(await store.guarded(freshKey())).toBeNull();
    });

    it('brings the items that exist among many keys, each once', async () => {
      const store = make();
      const { pk } = freshKey();
      const all = Array.from({ length: 130 }, (_, index) => ({ pk, sk: `k${index}` }));
      for (const key of all.slice(0, 120)) await store.add(lane, run(key, 1, 1));
      const found = await store.items([...all, ...all.slice(0, 5)]);
      expect(new Set(found.map(({ key }) => key.sk))).toEqual(new Set(all.slice(0, 120).map(({ sk }) => sk)));
      expect(found).toHaveLength(120);
      expect(await store.items([])).toEqual([]);
    });
  });
}
