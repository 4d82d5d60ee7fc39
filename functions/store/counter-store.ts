import type { ItemKey, Totals } from '../contract/counter.ts';
import type { Lane, Position } from '../contract/position.ts';

/** What one record adds to an item. */
export interface RecordIncrement {
  position: Position;
  counters: Record<string, number>;
  texts: Record<string, string>;
}

/** What a run of records of one lane adds to one item, in stream order. */
export interface ItemIncrements {
  key: ItemKey;
  /** The run's first position: the guard's condition, whether or not that record touches this item. */
  first: Position;
  /** The run's last position: what the guard is set to. */
  last: Position;
  parts: RecordIncrement[];
  /** When the item may expire, seconds since the epoch; absent: kept. */
  expiresAt?: number;
}

/** `counted`: added now. `repeated`: all of it had counted before. `partly`: a prefix had counted before, the rest was added now. */
export interface AddResult {
  outcome: 'counted' | 'partly' | 'repeated';
  /** Totals after adding: of the counters that changed, or of the whole item for a repeat. */
  totals: Totals;
}

export interface GuardedTotals extends Totals {
  guards: Record<Lane, Position>;
}

/**
 * Counters that only grow, each item guarded per lane by the position up to which it has counted.
 * The rules are DESIGN §5, steps 4 and 5; every adapter passes `test/contract/counter-store.ts`.
 */
export interface CounterStore {
  /**
   * Adds what has not been counted yet, once, whatever was tried before.
   * @throws UnwritableError when the item can never be written so: none of the run's last piece has counted.
   * @throws when the item could not be written; then none, or all, of `parts` may have counted: try the same run again.
   */
  add(lane: Lane, increments: ItemIncrements): Promise<AddResult>;
  /** All items of a partition, in order of `sk`; consistent. `skFrom`/`skTo` narrow it (inclusive). */
  partition(pk: string, skFrom?: string, skTo?: string): Promise<Totals[]>;
  /** The last `limit` (at most 1,000) items of a partition from `skFrom` to `skTo` (inclusive), the last first; consistent. */
  lastOf(pk: string, skFrom: string, skTo: string, limit: number): Promise<Totals[]>;
  /** An item with how far it has counted, by lane; null: there is none. Consistent. */
  guarded(key: ItemKey): Promise<GuardedTotals | null>;
  /** The items that exist among `keys`, in no order. */
  items(keys: ItemKey[]): Promise<Totals[]>;
}
