import { dayMs, dayStart, hourMs, localDay } from '../contract/time-unit.ts';

/** Salts outlive their day by this long, for instances that still hold yesterday's in use; then nobody can make that day's hashes again. */
export const saltKeptMs = 48 * hourMs;
export const saltBytes = 32;

/**
 * One random salt per site and local day. Only today's can be asked for: an older one is out of reach even where the table has
 * not yet got round to deleting it.
 */
export interface SaltStore {
  /** The salt of the site's local day at `now`, made by whoever asks first; the same for all. */
  todaysSalt(site: string, zone: string, now: number): Promise<Uint8Array>;
}

/** When the salt of the local day at `now` is deleted, ms since the epoch: 48 h after that day ends. */
export function saltExpiresAt(zone: string, now: number): number {
  return dayStart(shiftDay(localDay(now, zone), 1), zone) + saltKeptMs;
}

/** The local day whose salt has expired by the time that `day` begins: days −1 and −2 may still be within 48 h of their end. */
export function dayOfExpiredSalt(day: string): string {
  return shiftDay(day, -3);
}

function shiftDay(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10);
}
