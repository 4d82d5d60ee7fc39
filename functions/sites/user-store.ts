/**
 * What is kept of a signed-in user beside their memberships: which sites to look at for them, and since when they must have signed in.
 * Every adapter passes `test/contract/account-stores.test.ts`.
 */
export interface UserStore {
  /** Sites that may have them as a member, at most `sitesPerUserMax`: whether they are one is told by the site's access. */
  sites(user: string): Promise<string[]>;
  join(user: string, site: string): Promise<void>;
  leave(user: string, site: string): Promise<void>;
  /**
   * Tokens of sign-ins before (ms since the epoch) open nothing; 0: never signed out everywhere. Consistent. It is never forgotten:
   * what an issuer keeps signed in may live for years, and it is one number a user.
   */
  signedOutAt(user: string): Promise<number>;
  /** It never goes back. */
  signOut(user: string, now: number): Promise<void>;
}
