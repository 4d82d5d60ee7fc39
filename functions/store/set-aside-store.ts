import type { Lane, Position } from '../contract/position.ts';

/** Why a record is kept apart instead of being counted (see `contract/failed.ts`). */
export interface SetAside {
  site: string;
  reason: string;
  message: string;
}

/**
 * What attempts at the same records agree on: which of them are set aside, and which are folded. Every adapter passes
 * `test/contract/set-aside-store.ts`; why it takes just these four steps is told in `process/agree.ts`. All reads are consistent.
 */
export interface SetAsideStore {
  /**
   * An attempt is about to find out what it must set aside. Ends what another had begun and not yet marked.
   * `mark`: the newest position of the lane up to which records have been set aside; null: none ever was.
   */
  begin(lane: Lane): Promise<{ ticket: number; mark: Position | null }>;
  /** Sets the lane's mark, never back: `begin` told where it stands. False: since then another attempt has begun, or may fold. */
  raise(lane: Lane, ticket: number, mark: Position): Promise<boolean>;
  /** Asked once all is read that a fold depends on: the mark. Ends what others had begun. Writes nothing where nobody has. */
  mayFold(lane: Lane): Promise<Position | null>;
  /**
   * Write-once: that a record is set aside, or folded (null). Returns what stands, whoever decided it.
   * `expiresAt`: seconds since the epoch; to be later than the stream keeps the record.
   */
  decide(lane: Lane, position: Position, decision: SetAside | null, expiresAt: number): Promise<SetAside | null>;
}
