import { describe, expect, it } from 'vitest';
import type { SnapshotMessage, TotalsMessage } from '../../../functions/contract/live.ts';
import { createLiveStore } from '../../../web/live/store.ts';

const totals = (epoch: string, views: number): TotalsMessage => ({
  type: 'totals',
  epoch,
  asOf: 1_795_435_200_000,
  items: [[`${epoch}|demo|hour|2026-11-23`, '2026-11-23T12:00Z', { pv: views }]],
});
const snapshot = (epoch: string): SnapshotMessage => ({
  ...totals(epoch, 5),
  type: 'snapshot',
  id: 1,
  part: 0,
  parts: 1,
});

function storeThatCounts() {
  let asked = 0;
  const store = createLiveStore({
    nextFrame: (draw) => draw(),
    feed: [],
    keepFeed: () => undefined,
    onNewEpoch: () => asked++,
  });
  return { store, asked: () => asked };
}

describe('a newer epoch', () => {
  it('replaces all that was known, and a snapshot of it is asked for at once', () => {
    const { store, asked } = storeThatCounts();
    store.receive(snapshot('1'));
    store.receive(totals('2', 9));
    const { epoch, items, complete } = store.getSnapshot();
    expect([epoch, [...items.values()].map(({ pk }) => pk), complete]).toEqual([
      '2',
      ['2|demo|hour|2026-11-23'],
      false,
    ]);
    expect(asked()).toBe(1);
    store.receive(totals('2', 10));
    store.receive(snapshot('2'));
    expect(asked()).toBe(1);
    expect(store.getSnapshot().complete).toBe(true);
  });

  it('is nothing to ask for when the first message or a snapshot tells of it, and an older one is not heard', () => {
    const { store, asked } = storeThatCounts();
    store.receive(totals('1', 1));
    store.receive(snapshot('2'));
    store.receive(totals('1', 99));
    expect(asked()).toBe(0);
    expect([...store.getSnapshot().items.values()].map(({ counters }) => counters)).toEqual([{ pv: 5 }]);
  });
});
