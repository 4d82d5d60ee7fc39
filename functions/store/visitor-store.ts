import type { Lane, Position } from '../contract/position.ts';
import type { RetiredVersion } from './retired-version.ts';

export interface StoredVisitor {
  /** As `aggregate/visitor-state.ts` wrote it. */
  state: string;
  /** Per lane, the position up to which records are in the state. */
  guards: Record<Lane, Position>;
}

/** Who owns a load; `retired`: what was kept of it each time that its visitor's state let it go, newest first. */
export interface LoadClaim {
  visitor: string;
  retired: RetiredVersion[];
}

/** A claim that ends no sooner than this before what is asked for is left as it is: one write a day is enough. */
export const claimEndsSoonSeconds = 86_400;

/** Visitor states and load claims. Every adapter passes `test/contract/visitor-store.ts`. Times are seconds since the epoch. */
export interface VisitorStore {
  /** Consistent read of several visitors of one site; those without a state, or with an expired one, are absent from the map. */
  load(site: string, visitors: string[], nowSeconds: number): Promise<Map<string, StoredVisitor>>;
  /**
   * Saves if this lane's guard is still `guardBefore` (null: none). `superseded`: another attempt has saved at or past
   * `position`, and nothing is written.
   * @throws when the write failed, or when the guard is neither of these (a lane was processed twice at once).
   */
  save(
    site: string,
    visitor: string,
    change: { lane: Lane; guardBefore: Position | null; position: Position; state: string; expiresAt: number },
  ): Promise<'saved' | 'superseded'>;
  /**
   * Claims a load for a visitor, write-once, or says whose it is. The owner's own claim lasts until `expiresAt` from now on where
   * it would have ended over a day before (`claimEndsSoonSeconds`): it ends with the load's use, not with its beginning.
   */
  claimLoad(site: string, load: string, visitor: string, expiresAt: number): Promise<LoadClaim>;
  /**
   * Keeps with the claim what a state lets go of (the numbers seen), so that the state stays within its bound. A version stands
   * beside those of other positions, in whatever order they are written. `guards`: of the stored state, as the caller knows it;
   * they tell which versions may be dropped (`droppedVersions`).
   */
  retireLoad(
    site: string,
    load: string,
    version: RetiredVersion,
    guards: Record<Lane, Position>,
    expiresAt: number,
  ): Promise<void>;
  /** Whose a load is; null: no claim is kept. */
  ownerOf(site: string, load: string): Promise<string | null>;
  /** Deletes a visitor's state. For visitors of whom no record can come any more (`forget/erase.ts`). */
  forget(site: string, visitor: string): Promise<void>;
  /** Deletes the claim on a load, and what is kept with it. */
  forgetLoad(site: string, load: string): Promise<void>;
}
