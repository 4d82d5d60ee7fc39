import type { SiteAccess } from './access.ts';
import type { SecretKind } from './secret.ts';

/** Whose a secret is. */
export interface SecretPointer {
  site: string;
  /** UTC date on which it was last used; null: never. */
  lastUsedOn: string | null;
}

/**
 * Who may do what at each site, and which site a secret belongs to. The document is the truth; a pointer only leads to it: a secret
 * that the document does not hold (any more) opens nothing. Every adapter passes `test/contract/access-store.ts`. Reads are consistent.
 */
export interface AccessStore {
  /** `noAccess` where nothing was ever stored. */
  read(site: string): Promise<SiteAccess>;
  /**
   * Replaces the document by what `change` makes of it. It is called again with the newer document when somebody else was first, so
   * it must do nothing but compute; what it throws is thrown on, and nothing is stored. Returns what was stored.
   */
  change(site: string, change: (access: SiteAccess) => SiteAccess): Promise<SiteAccess>;
  /** Forgets the document. */
  remove(site: string): Promise<void>;

  /** `hash`: by `hashSecret`. `expiresAt`: ms since the epoch, after which nobody needs the pointer; null: it stays. */
  point(kind: SecretKind, hash: string, site: string, expiresAt: number | null): Promise<void>;
  find(kind: SecretKind, hash: string): Promise<SecretPointer | null>;
  unpoint(kind: SecretKind, hash: string): Promise<void>;
  /** Notes that a key was used on a UTC date. */
  used(hash: string, date: string): Promise<void>;

  /** Takes one of `triesMax` tries at a share's password in the running `tryWindowMs`; false: there are none left. */
  takeTry(hash: string, now: number): Promise<boolean>;
  /** Gives a try back: the password was right. */
  returnTry(hash: string, now: number): Promise<void>;
}

export const triesMax = 10;
export const tryWindowMs = 15 * 60_000;
/** Two people changing a site's access at once is rare; eight in a row is a fault. */
export const changeAttemptsMax = 8;

export function tryWindow(now: number): number {
  return Math.floor(now / tryWindowMs);
}
