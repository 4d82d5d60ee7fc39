import type { AlertStore, StoredAlerts } from './alert-store.ts';

export function memoryAlertStore(): AlertStore {
  const stored = new Map<string, StoredAlerts>();
  const told = new Map<string, number>();
  return {
    read: async (site) => stored.get(site) ?? null,
    async save(site, settings, newSecret) {
      const saved = { settings, webhookSecret: stored.get(site)?.webhookSecret ?? newSecret };
      stored.set(site, saved);
      return saved;
    },
    async remove(site) {
      stored.delete(site);
    },
    async claim(site, kind, now, quietMs) {
      const last = told.get(`${site}|${kind}`);
      if (last !== undefined && last > now - quietMs) return false;
      told.set(`${site}|${kind}`, now);
      return true;
    },
  };
}
