import type { Folded } from '../aggregate/fold.ts';
import type { VisitorState } from '../aggregate/visitor-state.ts';
import { countersPerUpdateMax, type Increment, keyText } from '../contract/counter.ts';
import type { FeedRow } from '../contract/live.ts';
import type { Position } from '../contract/position.ts';
import type { ItemIncrements } from '../store/counter-store.ts';
import type { RetiredVersion } from '../store/retired-version.ts';
import type { Entry } from './batch.ts';
import { itemExpiry } from './item-expiry.ts';
import type { VisitorInBatch } from './visitor-in-batch.ts';

/** A visitor's state after its last record of a run. */
export interface StateChange {
  visitor: VisitorInBatch;
  position: Position;
  state: VisitorState;
}

/** A load that its visitor's state lets go of in a run. */
export interface Retirement {
  visitor: VisitorInBatch;
  load: string;
  version: RetiredVersion;
}

/** What is shown of one site when a run is done. */
export interface SiteProgress {
  asOf: number;
  feed: FeedRow[];
  /** The newest tick, 0 without one. */
  tickedAt: number;
}

const feedRowsMax = 50;

/**
 * Consecutive records of a batch that are written together: first the items, then the states. A run is cut where an item would
 * get more counters than one update can add to. Records that add nothing belong to it, too: its guard passes over them.
 */
export class Run {
  readonly #items = new Map<string, ItemIncrements>();
  readonly states = new Map<VisitorInBatch, StateChange>();
  readonly sites = new Map<string, SiteProgress>();
  readonly #retirements = new Map<string, Retirement>();
  readonly #names = new Map<string, Set<string>>();
  last: Position;

  constructor(readonly first: Entry) {
    this.last = first.position;
  }

  /** Whether every item can take these increments in the same update. */
  fits(increments: readonly Increment[]): boolean {
    return increments.every((increment) => {
      const names = this.#names.get(keyText(increment.key));
      if (!names) return true;
      const more = namesOf(increment).filter((name) => !names.has(name));
      return names.size + more.length <= countersPerUpdateMax;
    });
  }

  /** Passes over a record: the guards of the run's items will stand at or after it. */
  passOver(position: Position): void {
    this.last = position;
  }

  /** Takes in what folding the record of `entry`, a batch of `load`, has come to. */
  add(entry: Entry, visitor: VisitorInBatch, load: string, folded: Folded): void {
    this.passOver(entry.position);
    if (folded.isRepeat) return;
    for (const increment of folded.increments) this.#addTo(entry.position, increment);
    this.states.set(visitor, { visitor, position: entry.position, state: folded.state });
    // The state holds the record's load again, whatever this run had let go of before.
    this.#retirements.delete(loadName(visitor, load));
  }

  retire(retirement: Retirement): void {
    this.#retirements.set(loadName(retirement.visitor, retirement.load), retirement);
  }

  retirements(): Retirement[] {
    return [...this.#retirements.values()];
  }

  /** What the run adds to each item: guarded from its first record to its last, whichever of them touched the item. */
  items(): ItemIncrements[] {
    return [...this.#items.values()].map((item) => ({ ...item, last: this.last }));
  }

  progress(site: string, at: number): SiteProgress {
    const progress = this.sites.get(site) ?? { asOf: 0, feed: [], tickedAt: 0 };
    this.sites.set(site, progress);
    progress.asOf = Math.max(progress.asOf, at);
    return progress;
  }

  show(site: string, at: number, feed: readonly FeedRow[]): void {
    const progress = this.progress(site, at);
    progress.feed = [...progress.feed, ...feed].slice(-feedRowsMax);
  }

  #addTo(position: Position, increment: Increment): void {
    const { key, counters, texts } = increment;
    const name = keyText(key);
    const item = this.#items.get(name) ?? {
      key,
      first: this.first.position,
      last: position,
      parts: [],
      expiresAt: itemExpiry(key),
    };
    item.parts.push({ position, counters, texts });
    this.#items.set(name, item);
    const names = this.#names.get(name) ?? new Set();
    for (const one of namesOf(increment)) names.add(one);
    this.#names.set(name, names);
  }
}

function loadName({ site }: VisitorInBatch, load: string): string {
  return `${site}|${load}`;
}

function namesOf({ counters, texts }: Increment): string[] {
  return [...Object.keys(counters), ...Object.keys(texts).map((name) => `=${name}`)];
}
