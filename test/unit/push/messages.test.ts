import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Totals } from '../../../functions/contract/counter.ts';
import {
  type FeedRow,
  messageBytesMax,
  type SnapshotMessage,
  type TotalsMessage,
} from '../../../functions/contract/live.ts';
import {
  feedRowsPerPushMax,
  snapshotMessages,
  totalsMessages,
  totalsOfWire,
  wireOf,
} from '../../../functions/push/messages.ts';

const item = (sk: string, counters: number, text = ''): Totals => ({
  key: { pk: '1|site|page|2026-11-23', sk },
  counters: Object.fromEntries(Array.from({ length: counters }, (_, index) => [`C${index}`, index])),
  texts: text ? { p: text } : {},
});
const row = (id: string, path = '/'): FeedRow => ({
  at: 1,
  id,
  what: 'view',
  path,
  label: '',
  device: 'desktop',
  country: 'DE',
  browser: 'Firefox',
});

function parse<T>(messages: string[]): T[] {
  for (const message of messages) expect(Buffer.byteLength(message)).toBeLessThanOrEqual(messageBytesMax);
  return messages.map((message) => JSON.parse(message) as T);
}

/** Puts pieces of one item together, as the dashboard's merge does. */
function merged(messages: { items: Parameters<typeof totalsOfWire>[0][] }[]): Map<string, Totals> {
  const found = new Map<string, Totals>();
  for (const totals of messages.flatMap(({ items }) => items.map(totalsOfWire))) {
    const known = found.get(totals.key.sk);
    found.set(totals.key.sk, {
      key: totals.key,
      counters: { ...known?.counters, ...totals.counters },
      texts: { ...known?.texts, ...totals.texts },
    });
  }
  return found;
}

describe('totals on the wire', () => {
  it('come back as they went', () => {
    for (const totals of [item('a', 3, 'ü'), item('b', 0)]) {
      expect(totalsOfWire(JSON.parse(JSON.stringify(wireOf(totals))))).toEqual(totals);
    }
    expect(wireOf(item('b', 1))).toHaveLength(3);
  });
});

describe('a snapshot', () => {
  const about = { epoch: '1', id: 3, asOf: 1_800_000_000_000 };

  it('of nothing is one part without items', () => {
    expect(parse(snapshotMessages(about, []))).toEqual([{ type: 'snapshot', ...about, part: 0, parts: 1, items: [] }]);
  });

  it('comes in numbered parts that hold every item once, in order', () => {
    const items = Array.from({ length: 500 }, (_, index) => item(`page-${index}`, 30, `/日本/${index}`));
    const parts = parse<SnapshotMessage>(snapshotMessages(about, items));
    expect(parts.length).toBeGreaterThan(3);
    expect(parts.map(({ part }) => part)).toEqual(parts.map((_, index) => index));
    expect(new Set(parts.map(({ parts: count }) => count))).toEqual(new Set([parts.length]));
    expect(parts.flatMap((part) => part.items.map(totalsOfWire))).toEqual(items);
  });

  it('fills its parts', () => {
    const items = Array.from({ length: 500 }, (_, index) => item(`page-${index}`, 30));
    const sizes = snapshotMessages(about, items).map((message) => Buffer.byteLength(message));
    for (const size of sizes.slice(0, -1)) expect(size).toBeGreaterThan(messageBytesMax - 1000);
  });

  it('cuts an item that is too large for a message into pieces that merge', () => {
    const items = [item('before', 3), item('large', 9000, 'x'.repeat(20_000)), item('after', 3)];
    expect([...merged(parse<SnapshotMessage>(snapshotMessages(about, items))).values()]).toEqual(items);
  });

  it('loses nothing and stays within its bound whatever it holds', () => {
    const anyTotals = fc.record({
      counters: fc.dictionary(fc.string({ maxLength: 60 }), fc.maxSafeNat(), { maxKeys: 300 }),
      texts: fc.dictionary(fc.string({ maxLength: 4 }), fc.string({ maxLength: 3000, unit: 'binary' }), { maxKeys: 3 }),
    });
    fc.assert(
      fc.property(fc.array(anyTotals, { maxLength: 20 }), (all) => {
        const items = all.map((one, index) => ({ key: { pk: 'p', sk: String(index) }, ...one }));
        const found = merged(parse<SnapshotMessage>(snapshotMessages(about, items)));
        expect(items.map(({ key }) => found.get(key.sk))).toEqual(JSON.parse(JSON.stringify(items)));
      }),
      { numRuns: 50 },
    );
  });
});

describe('what is pushed', () => {
  const about = { epoch: '1', asOf: 5 };

  it('of nothing is one message that tells the time', () => {
    expect(parse(totalsMessages(about, [], []))).toEqual([{ type: 'totals', ...about, items: [] }]);
  });

  it('carries the feed on its first message only', () => {
    const items = Array.from({ length: 400 }, (_, index) => item(`page-${index}`, 30));
    const messages = parse<TotalsMessage>(totalsMessages(about, items, [row('a'), row('b')]));
    expect(messages.length).toBeGreaterThan(3);
    expect(messages.map(({ feed }) => feed?.map(({ id }) => id))).toEqual([
      ['a', 'b'],
      ...messages.slice(1).map(() => undefined),
    ]);
    expect(messages.flatMap((message) => message.items.map(totalsOfWire))).toEqual(items);
  });

  it('keeps the newest rows of a long feed', () => {
    const feed = Array.from({ length: 50 }, (_, index) => row(String(index)));
    const [message] = parse<TotalsMessage>(totalsMessages(about, [], feed));
    expect(message?.feed?.map(({ id }) => id)).toEqual(feed.slice(-feedRowsPerPushMax).map(({ id }) => id));
  });

  it('shows fewer rows when their paths are long', () => {
    const feed = Array.from({ length: 20 }, (_, index) => row(String(index), `/${'x'.repeat(2000)}`));
    const [message] = parse<TotalsMessage>(totalsMessages(about, [], feed));
    expect(message?.feed?.map(({ id }) => id)).toEqual(['17', '18', '19']);
  });
});
