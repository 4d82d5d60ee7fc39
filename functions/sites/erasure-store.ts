import type { SiteAccess } from './access.ts';

/** A site that is being removed. */
export interface Erasure {
  site: string;
  /** When it was asked for, ms since the epoch. */
  since: number;
  /** Who had access then: what leads to the site from elsewhere is found by it. */
  access: SiteAccess;
  /** Where the sweep under way goes on; null: at its beginning. */
  cursor: ErasureCursor | null;
}
export interface ErasureCursor {
  /** Of the sweep's list of places. */
  place: number;
  /** Where in it, as the place itself tells; null: at its beginning. */
  at: string | null;
  /** Of two sweeps: the one that began when nothing of the site was under way any more. */
  isLast: boolean;
}

/** Sites that are being removed, until nothing of them is left. Every adapter passes its contract test. */
export interface ErasureStore {
  /** Does nothing where the site is being removed already. */
  begin(erasure: Omit<Erasure, 'cursor'>): Promise<void>;
  /** All that are under way, oldest request first. */
  all(): Promise<Erasure[]>;
  moveTo(site: string, cursor: ErasureCursor): Promise<void>;
  /** Nothing is left of it. */
  end(site: string): Promise<void>;
}
