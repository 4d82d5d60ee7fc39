import type { ItemKey } from '../contract/counter.ts';
import type { Lane, Position } from '../contract/position.ts';

/** Why a record is kept apart instead of being counted (see `contract/failed.ts`). */
export interface SetAside {
  site: string;
  reason: string;
  message: string;
}

/** An item that a lane writes no more: its increments wait under `failed/` (see `process/unwritable.ts`). */
export interface Closing {
  /** Why it could not be written. */
  fault: string;
  /** When the item itself expires, and the closing with it; seconds since the epoch. */
  expiresAt: number;
}

/** What is noted of a lane. */
export interface LaneNotes {
  /** The newest position up to which records have been set aside; null: none ever was. */
  mark: Position | null;
  /** By `keyText`. */
  closed: ReadonlyMap<string, Closing>;
}

/** More items that a lane cannot write are no fault of the items: then the lane waits, and an alarm rises. */
export const closedItemsMax = 100;

/**
 * What attempts at the same records agree on: which of them are set aside, which are folded, and which items wait. Every adapter passes
 * `test/contract/set-aside-store.ts`; why it takes just these steps is told in `process/agree.ts`. All reads are consistent.
 */
export interface SetAsideStore {
  /** An attempt is about to find out what it must set aside. Ends what another had begun and not yet marked. */
  begin(lane: Lane): Promise<LaneNotes & { ticket: number }>;
  /** Sets the lane's mark, never back: `begin` told where it stands. False: since then another attempt has begun, or may fold. */
  raise(lane: Lane, ticket: number, mark: Position): Promise<boolean>;
  /** Asked once all is read that a fold depends on. Ends what others had begun. Writes nothing where nobody has. */
  mayFold(lane: Lane): Promise<LaneNotes>;
  /**
   * Write-once: that a record is set aside, or folded (null). Returns what stands, whoever decided it.
   * `expiresAt`: seconds since the epoch; to be later than the stream keeps the record.
   */
  decide(lane: Lane, position: Position, decision: SetAside | null, expiresAt: number): Promise<SetAside | null>;
  /**
   * Closes an item to a lane for as long as the item lives; the first closing stands.
   * @throws when `closedItemsMax` others are closed already.
   */
  close(lane: Lane, item: ItemKey, closing: Closing, nowSeconds: number): Promise<void>;
}
