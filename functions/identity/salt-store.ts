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
  /**
   * Deletes the salts of a site whose 48 hours are over: TTL may run days late, and a site that falls silent makes no new ones. Looks
   * some days back; to be called at least daily.
   */
  deleteExpired(site: string, zone: string, now: number): Promise<void>;
  /** Deletes every salt that a site may still have, today's too, in whatever zone. Whoever still counts for it would make another. */
  deleteAll(site: string, now: number): Promise<void>;
}

/** When the salt of the local day at `now` is deleted, ms since the epoch: 48 h after that day ends. */
export function saltExpiresAt(zone: string, now: number): number {
  return dayStart(shiftDay(localDay(now, zone), 1), zone) + saltKeptMs;
}

/** The local day whose salt has expired by the time that `day` begins: days −1 and −2 may still be within 48 h of their end. */
export function dayOfExpiredSalt(day: string): string {
  return shiftDay(day, -3);
}

/** So many days before that one are looked at again: a sweep that failed for a week is made up for. */
const daysSweptMax = 7;

/** The local days whose salts may be there although they have expired. */
export function daysOfExpiredSalts(zone: string, now: number): string[] {
  const newest = dayOfExpiredSalt(localDay(now, zone));
  return Array.from({ length: daysSweptMax }, (_, back) => shiftDay(newest, -back));
}

/** The days, in any zone, whose salts may be there at all: the newest is tomorrow's, of who is ahead of UTC. */
export function daysOfAnySalts(now: number): string[] {
  const newest = localDay(now + dayMs, 'UTC');
  return Array.from({ length: daysSweptMax + 5 }, (_, back) => shiftDay(newest, -back));
}

function shiftDay(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10);
}
