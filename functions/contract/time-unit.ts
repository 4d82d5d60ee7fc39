/**
 * The units that time is counted in. Minutes are UTC; an hour is keyed by the UTC instant at which the site's local hour
 * begins (zones with half-hour offsets have hours that begin at :30 UTC); a day is the site's local date.
 */
export const minuteMs = 60_000;
export const hourMs = 3_600_000;
export const dayMs = 86_400_000;

/** Whole minutes since the epoch. */
export function minuteOf(at: number): number {
  return Math.floor(at / minuteMs);
}

const formats = new Map<string, Intl.DateTimeFormat>();
const offsets = new Map<string, number>();
const offsetsKeptMax = 10_000;

/**
 * How far local time is ahead of UTC at `at`, in ms. Offsets change on quarter hours at the finest (IANA zones in use), so
 * one look-up serves a quarter hour.
 * @throws RangeError for a zone that the runtime does not know.
 */
export function zoneOffsetMs(at: number, zone: string): number {
  if (zone === 'UTC') return 0;
  const quarter = Math.floor(at / 900_000);
  const name = `${zone}|${quarter}`;
  const known = offsets.get(name);
  if (known !== undefined) return known;
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
    });
    formats.set(zone, format);
  }
  const start = quarter * 900_000;
  const part: Record<string, number> = {};
  for (const { type, value } of format.formatToParts(start)) part[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0 } = part;
  const offset = Date.UTC(year, month - 1, day, hour, minute) - start;
  if (offsets.size >= offsetsKeptMax) offsets.clear();
  offsets.set(name, offset);
  return offset;
}

/** The UTC instant at which the local hour of `at` begins. */
export function hourStart(at: number, zone: string): number {
  const offset = zoneOffsetMs(at, zone);
  return Math.floor((at + offset) / hourMs) * hourMs - offset;
}

/** The local date of `at`, `YYYY-MM-DD`. */
export function localDay(at: number, zone: string): string {
  return new Date(at + zoneOffsetMs(at, zone)).toISOString().slice(0, 10);
}

/** `YYYY-MM-DD hh:mm` by the clocks of the zone. */
export function localTimeText(at: number, zone: string): string {
  return new Date(at + zoneOffsetMs(at, zone)).toISOString().slice(0, 16).replace('T', ' ');
}

/** The UTC instant at which a local date begins (the first instant whose local date it is). */
export function dayStart(day: string, zone: string): number {
  const midnight = Date.parse(`${day}T00:00:00Z`);
  let start = midnight - zoneOffsetMs(midnight, zone);
  // The offset before the change may differ from the one after it: settle on the instant itself.
  start = midnight - zoneOffsetMs(start, zone);
  // Zones that skip midnight (a change at 00:00) begin their day at the first hour that exists.
  while (localDay(start, zone) < day) start += 900_000;
  while (localDay(start - 1, zone) === day) start -= 900_000;
  return start;
}

/** The local dates from `from` to `to` (instants, `to` exclusive), oldest first. */
export function daysBetween(from: number, to: number, zone: string): string[] {
  const days: string[] = [];
  let day = localDay(from, zone);
  const last = localDay(Math.max(from, to - 1), zone);
  while (day <= last) {
    days.push(day);
    day = new Date(Date.parse(`${day}T00:00:00Z`) + dayMs).toISOString().slice(0, 10);
  }
  return days;
}
