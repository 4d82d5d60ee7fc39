/**
 * What is kept of a signed-in user beside their memberships: which sites to look at for them, and since when tokens must have been
 * issued. Every adapter passes `test/contract/user-store.test.ts`.
 */
export interface UserStore {
  /** Sites that may have them as a member, at most `sitesPerUserMax`: whether they are one is told by the site's access. */
  sites(user: string): Promise<string[]>;
  join(user: string, site: string): Promise<void>;
  leave(user: string, site: string): Promise<void>;
  /** Tokens that were issued before (ms since the epoch) open nothing; 0: never signed out everywhere. Consistent. */
  signedOutAt(user: string): Promise<number>;
  /** It never goes back. */
  signOut(user: string, now: number): Promise<void>;
}

/** A token lives at most so long, and so does what must be remembered of it. Cognito's longest is a day. */
export const signOutKeptMs = 2 * 86_400_000;
