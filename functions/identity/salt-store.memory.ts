import { localDay } from '../contract/time-unit.ts';
import { daysOfAnySalts, daysOfExpiredSalts, type SaltStore, saltBytes, saltExpiresAt } from './salt-store.ts';

export function memorySaltStore(random: (byteCount: number) => Uint8Array): SaltStore {
  const salts = new Map<string, { salt: Uint8Array; expiresAt: number }>();
  return {
    async todaysSalt(site, zone, now) {
      for (const [key, { expiresAt }] of salts) if (expiresAt <= now) salts.delete(key);
      const key = `${site}|${localDay(now, zone)}`;
      const salt = salts.get(key)?.salt ?? random(saltBytes);
      salts.set(key, { salt, expiresAt: saltExpiresAt(zone, now) });
      return salt;
    },
    async deleteExpired(site, zone, now) {
      for (const day of daysOfExpiredSalts(zone, now)) salts.delete(`${site}|${day}`);
    },
    async deleteAll(site, now) {
      for (const day of daysOfAnySalts(now)) salts.delete(`${site}|${day}`);
    },
  };
}
