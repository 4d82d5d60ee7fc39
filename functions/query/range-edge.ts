import { dayMs, dayStart } from '../contract/time-unit.ts';

/** One end of a range as it was asked for: a local day of the site, or an instant (ms since the epoch). */
export type RangeEdge = { day: string } | { at: number };

/** Null when `text` is neither a date that exists, nor an instant with its zone, nor 12 or 13 digits of ms since the epoch. */
export function parseEdge(text: string): RangeEdge | null {
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return isDate(text) ? { day: text } : null;
  if (/^\d{12,13}$/.test(text)) return { at: Number(text) };
  // A plus sign that was not percent-encoded arrives as a space.
  const instant = text.replace(' ', '+');
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/.test(instant)) return null;
  const at = Date.parse(instant);
  return Number.isFinite(at) && isDate(text.slice(0, 10)) ? { at } : null;
}

/**
 * The runtime reads 31 February as 3 March: a date exists when it comes back as it was. Years 2000 to 2199 only, so that a day
 * more or less is still a year of four digits.
 */
function isDate(day: string): boolean {
  const at = Date.parse(`${day}T00:00:00Z`);
  return Number.isFinite(at) && day >= '2000' && day < '2200' && new Date(at).toISOString().slice(0, 10) === day;
}

/** The instant at which a range with this edge begins. */
export function startOf(edge: RangeEdge, zone: string): number {
  return 'at' in edge ? edge.at : dayStart(edge.day, zone);
}

/** The instant (exclusive) at which a range with this edge ends: a date includes its whole day. */
export function endOf(edge: RangeEdge, zone: string): number {
  return 'at' in edge ? edge.at : dayStart(dayAfter(edge.day), zone);
}

export function dayAfter(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + dayMs).toISOString().slice(0, 10);
}
