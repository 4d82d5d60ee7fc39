import { describe, expect, it } from 'vitest';
import type { FeedRow, SnapshotMessage } from '../../../functions/contract/live.ts';
import { addToFeed, feedRowsMax, readFeed } from '../../../web/live/feed.ts';
import { createLiveStore } from '../../../web/live/store.ts';

function store() {
  const frames: (() => void)[] = [];
  const kept: (readonly FeedRow[])[] = [];
  const live = createLiveStore({
    nextFrame: (draw) => frames.push(draw),
    feed: [],
    keepFeed: (feed) => kept.push(feed),
  });
  const frame = () => {
    for (const draw of frames.splice(0)) draw();
  };
  return { live, frames, kept, frame };
}
const row = (id: string, at: number): FeedRow => ({
  ...{ id, at, what: 'view', path: '/', label: '', device: 'mobile', country: '', browser: '' },
});
const part = (part: number, parts: number): SnapshotMessage => ({
  ...{ type: 'snapshot', epoch: '1', id: 4, asOf: 5, items: [] },
  part,
  parts,
});

describe('the live store', () => {
  it('tells its subscribers once per frame, however many messages came', () => {
    const { live, frames, frame } = store();
    let told = 0;
    const unsubscribe = live.subscribe(() => told++);
    const before = live.getSnapshot();
    for (let asOf = 1; asOf <= 50; asOf++) live.receive({ type: 'totals', epoch: '1', asOf, items: [] });
    expect(frames).toHaveLength(1);
    expect(live.getSnapshot()).toBe(before);
    frame();
    expect(told).toBe(1);
    expect(live.getSnapshot().asOf).toBe(50);
    unsubscribe();
    live.receive({ type: 'totals', epoch: '1', asOf: 51, items: [] });
    frame();
    expect(told).toBe(1);
  });

  it('is complete when every part of a snapshot has come, in any order, repeats aside', () => {
    const { live, frame } = store();
    const complete = () => {
      frame();
      return live.getSnapshot().complete;
    };
    live.receive(part(2, 3));
    live.receive(part(2, 3));
    live.receive(part(0, 3));
    expect(complete()).toBe(false);
    live.receive(part(1, 3));
    expect(complete()).toBe(true);
    live.watchChanged();
    expect(complete()).toBe(false);
  });

  it('keeps the feed for a refresh, each row once, newest first', () => {
    const { live, kept, frame } = store();
    live.receive({ type: 'totals', epoch: '1', asOf: 1, items: [], feed: [row('a', 1), row('b', 2)] });
    live.receive({ type: 'totals', epoch: '1', asOf: 2, items: [], feed: [row('b', 2)] });
    frame();
    expect(live.getSnapshot().feed.map(({ id }) => id)).toEqual(['b', 'a']);
    expect(kept).toHaveLength(1);
  });
});

describe('the feed', () => {
  it('is bounded', () => {
    const rows = Array.from({ length: 3 * feedRowsMax }, (_, index) => row(String(index), index));
    const feed = addToFeed([], rows);
    expect(feed).toHaveLength(feedRowsMax);
    expect(feed[0]?.at).toBe(3 * feedRowsMax - 1);
  });

  it('is empty when what was kept cannot be read', () => {
    expect(readFeed(null)).toEqual([]);
    expect(readFeed('[')).toEqual([]);
    expect(readFeed('{"a":1}')).toEqual([]);
    expect(readFeed('[1,null,{"id":"x"}]')).toEqual([]);
    expect(readFeed(JSON.stringify([row('a', 1)]))).toEqual([row('a', 1)]);
  });
});
