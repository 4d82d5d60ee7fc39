import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SnapshotMessage, TotalsMessage, WireTotals } from '../../../functions/contract/live.ts';
import { isNewerEpoch, type LiveItems, liveMinutesKept, merge, noItems } from '../../../web/live/merge.ts';

const now = Date.UTC(2026, 10, 23, 14, 0, 30);
const minute = Math.floor(now / 60_000);

/**
 * A site as the store has it: each step adds to one item, and the message of the step carries the item's totals at that time
 * (or those that changed). `asOf` moves with the steps.
 */
interface Step {
  item: number;
  counter: string;
  add: number;
  title: string | null;
}
const step: fc.Arbitrary<Step> = fc.record({
  item: fc.nat(5),
  counter: fc.constantFrom('pv', 'vi', 'A3'),
  add: fc.integer({ min: 1, max: 9 }),
  title: fc.option(fc.constantFrom('Home', 'Shop', 'About'), { nil: null }),
});

function messagesOf(steps: Step[], epoch = '1'): { totals: TotalsMessage[]; snapshot: SnapshotMessage } {
  const store = new Map<string, WireTotals>();
  const totals = steps.map(({ item, counter, add, title }, index): TotalsMessage => {
    const pk = item < 3 ? `${epoch}|demo|live|${minute - item}` : `${epoch}|demo|page|2026-11-23`;
    const stored = store.get(`${pk}\n${item}`) ?? [pk, String(item), {}, {}];
    const counters = { ...stored[2], [counter]: (stored[2][counter] ?? 0) + add };
    const texts = title === null ? (stored[3] ?? {}) : { ...stored[3], t: title };
    store.set(`${pk}\n${item}`, [pk, String(item), counters, texts]);
    const changed = counters[counter] ?? 0;
    return { type: 'totals', epoch, asOf: now + index, items: [[pk, String(item), { [counter]: changed }, texts]] };
  });
  const snapshot: SnapshotMessage = {
    type: 'snapshot',
    epoch,
    id: 1,
    part: 0,
    parts: 1,
    asOf: now + steps.length,
    items: [...store.values()],
  };
  return { totals, snapshot };
}

function merged(messages: (TotalsMessage | SnapshotMessage)[]): unknown {
  const state = noItems();
  for (const message of messages) merge(state, message);
  return contentOf(state);
}
function contentOf({ epoch, asOf, items }: LiveItems): unknown {
  const content = [...items].map(([text, { counters, texts }]) => [text, sortedOf(counters), sortedOf(texts)]);
  return { epoch, asOf, items: content.sort() };
}
const sortedOf = (values: Record<string, unknown>) => Object.entries(values).sort();

describe('merging totals', () => {
  it('ends the same in every order and with every repetition', () => {
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 25 }).chain((steps) => {
          const { totals } = messagesOf(steps);
          const shuffled = fc.shuffledSubarray([...totals, ...totals, ...totals.slice(0, 5)], {
            minLength: 2 * totals.length + Math.min(5, totals.length),
          });
          return fc.tuple(fc.constant(totals), shuffled);
        }),
        ([inOrder, shuffled]) => {
          expect(merged(shuffled)).toEqual(merged(inOrder));
        },
      ),
    );
  });

  it('heals any loss by a snapshot, in whatever parts and order, among late messages', () => {
    fc.assert(
      fc.property(
        fc.array(step, { minLength: 1, maxLength: 25 }).chain((steps) => {
          const { totals, snapshot } = messagesOf(steps);
          const half = Math.ceil(snapshot.items.length / 2);
          const parts: SnapshotMessage[] = [
            { ...snapshot, parts: 2, items: snapshot.items.slice(0, half) },
            { ...snapshot, part: 1, parts: 2, items: snapshot.items.slice(half) },
          ];
          const received = fc
            .subarray(totals)
            .chain((some) => fc.shuffledSubarray([...some, ...parts], { minLength: some.length + 2 }));
          return fc.tuple(fc.constant(snapshot), received);
        }),
        ([snapshot, received]) => {
          expect(merged(received)).toEqual(merged([snapshot]));
        },
      ),
    );
  });

  it('keeps nothing of an older epoch, whichever comes first', () => {
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 12 }),
        fc.array(step, { minLength: 1, maxLength: 12 }),
        fc.infiniteStream(fc.boolean()),
        (before, after, turns) => {
          const older = messagesOf(before, '9').totals;
          const newer = messagesOf(after, '10').totals;
          const mixed: TotalsMessage[] = [];
          for (const oldFirst of turns) {
            const next = (oldFirst ? older.shift() : newer.shift()) ?? older.shift() ?? newer.shift();
            if (!next) break;
            mixed.push(next);
          }
          expect(merged(mixed)).toEqual(merged(messagesOf(after, '10').totals));
        },
      ),
    );
  });

  it('knows that epoch 10 is newer than 9', () => {
    expect(isNewerEpoch('10', '9')).toBe(true);
    expect(isNewerEpoch('9', '10')).toBe(false);
    expect(isNewerEpoch('1', '1')).toBe(false);
    expect(isNewerEpoch('1', '')).toBe(true);
  });

  it('never lets a counter fall, nor asOf go back', () => {
    const state = noItems();
    const pk = `1|demo|live|${minute}`;
    merge(state, { type: 'totals', epoch: '1', asOf: now, items: [[pk, 'a', { pv: 7 }]] });
    merge(state, { type: 'totals', epoch: '1', asOf: now - 5_000, items: [[pk, 'a', { pv: 3, vi: 1 }]] });
    expect(state.items.get(`${pk}\na`)?.counters).toEqual({ pv: 7, vi: 1 });
    expect(state.asOf).toBe(now);
  });

  it('drops minutes and days that no view shows any more, and takes none of them in again', () => {
    const state = noItems();
    const old = `1|demo|live|${minute}`;
    const oldDay = '1|demo|page|2026-11-19';
    merge(state, { type: 'totals', epoch: '1', asOf: now, items: [[old, 'a', { pv: 7 }]] });
    const later = now + liveMinutesKept * 60_000;
    merge(state, {
      type: 'totals',
      epoch: '1',
      asOf: later,
      items: [
        [`1|demo|live|${minute + 1}`, 'a', { pv: 1 }],
        [oldDay, 'x', { pv: 1 }],
        ['1|demo|page|2026-11-22', 'x', { pv: 1 }],
      ],
    });
    merge(state, { type: 'totals', epoch: '1', asOf: later, items: [[old, 'a', { pv: 8 }]] });
    expect([...state.items.values()].map(({ pk }) => pk)).toEqual([
      `1|demo|live|${minute + 1}`,
      '1|demo|page|2026-11-22',
    ]);
  });
});
