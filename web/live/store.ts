/**
 * The live state outside React: it takes messages as they come, and tells its subscribers at most once per animation frame.
 */
import type { FeedRow, SnapshotMessage, TotalsMessage } from '../../functions/contract/live.ts';
import type { ConnectionState } from './connection-state.ts';
import { addToFeed } from './feed.ts';
import { type LiveItem, merge, noItems } from './merge.ts';

/** A new object whenever something changed. `items` itself is one map that grows: read it, don't keep it. */
export interface LiveSnapshot {
  epoch: string;
  asOf: number;
  items: ReadonlyMap<string, LiveItem>;
  feed: readonly FeedRow[];
  connection: ConnectionState;
  /** All parts of a snapshot of the current watch have come: what is not there is not missing, it is zero. */
  complete: boolean;
}

export interface LiveStoreParts {
  /** Runs `draw` soon, once: `requestAnimationFrame`. */
  nextFrame(draw: () => void): void;
  feed: readonly FeedRow[];
  keepFeed(feed: readonly FeedRow[]): void;
  /** Totals came of a newer epoch, so that all that was known is gone: a snapshot of it should be asked for. */
  onNewEpoch?(): void;
}

export interface LiveStore {
  subscribe(listener: () => void): () => void;
  getSnapshot(): LiveSnapshot;
  receive(message: SnapshotMessage | TotalsMessage): void;
  setConnection(state: ConnectionState): void;
  /** Another thing is watched from now on: the snapshot of it has yet to come. */
  watchChanged(): void;
}

export function createLiveStore(parts: LiveStoreParts): LiveStore {
  const state = noItems();
  const listeners = new Set<() => void>();
  const partsSeen = new Map<number, Set<number>>();
  let feed = parts.feed;
  let connection: ConnectionState = { name: 'connecting', attempt: 1 };
  let complete = false;
  let drawing = false;
  const snapshotNow = (): LiveSnapshot => ({ ...state, feed, connection, complete });
  let snapshot = snapshotNow();

  const changed = () => {
    if (drawing) return;
    drawing = true;
    parts.nextFrame(() => {
      drawing = false;
      snapshot = snapshotNow();
      for (const listener of listeners) listener();
    });
  };

  const noteParts = ({ id, part, parts: count }: SnapshotMessage) => {
    const seen = partsSeen.get(id) ?? new Set();
    seen.add(part);
    partsSeen.set(id, seen);
    if (seen.size < count) return;
    complete = true;
    partsSeen.clear();
  };

  return {
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    getSnapshot: () => snapshot,
    receive(message) {
      const epochBefore = state.epoch;
      merge(state, message);
      if (message.type === 'totals' && epochBefore !== '' && state.epoch !== epochBefore) {
        complete = false;
        parts.onNewEpoch?.();
      }
      if (message.type === 'snapshot') noteParts(message);
      if (message.type === 'totals' && message.feed) {
        const before = feed;
        feed = addToFeed(feed, message.feed);
        if (feed !== before) parts.keepFeed(feed);
      }
      changed();
    },
    setConnection(next) {
      connection = next;
      if (next.name === 'connecting') partsSeen.clear();
      changed();
    },
    watchChanged() {
      complete = false;
      partsSeen.clear();
      changed();
    },
  };
}
