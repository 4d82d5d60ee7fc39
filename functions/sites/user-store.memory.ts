import { sitesPerUserMax } from '../contract/account.ts';
import type { UserStore } from './user-store.ts';

/** Users in this process's memory. */
export function memoryUserStore(): UserStore {
  const joined = new Map<string, Set<string>>();
  const signedOut = new Map<string, number>();
  return {
    sites: async (user) => [...(joined.get(user) ?? [])].sort().slice(0, sitesPerUserMax),
    async join(user, site) {
      joined.set(user, (joined.get(user) ?? new Set<string>()).add(site));
    },
    async leave(user, site) {
      joined.get(user)?.delete(site);
    },
    signedOutAt: async (user) => signedOut.get(user) ?? 0,
    async signOut(user, now) {
      signedOut.set(user, Math.max(now, signedOut.get(user) ?? 0));
    },
  };
}
