import { dayMs } from '../contract/time-unit.ts';

/** Something that may have changed what visitors do: a deploy, a campaign. `at`: ms since the epoch; one marker an instant. */
export interface Marker {
  at: number;
  text: string;
}

/** By UTC date: with texts of at most 240 bytes (`markerTextMax`) an item stays within 4 KB. */
export const markersPerDayMax = 15;
/** As long as ranges may be: an older marker has nothing to split. */
export const markersKeptMs = 400 * dayMs;

/** A site's markers. Every adapter passes its contract test. */
export interface MarkerStore {
  /** A marker of the same instant gets the new text, so that a request may be repeated. `full`: its date has `markersPerDayMax` others. */
  put(site: string, marker: Marker): Promise<'put' | 'full'>;
  /** Whether there was one of that instant. */
  remove(site: string, at: number): Promise<boolean>;
  /** From `from` to `to` (exclusive), oldest first. */
  between(site: string, from: number, to: number): Promise<Marker[]>;
}

export function markerDate(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}
