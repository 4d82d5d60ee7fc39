/**
 * What stays of visitors who were erased: sums without a name, by the UTC date on which their records were received. The counters hold
 * the same sums and were never anybody's; audit and rebuild add a residue where they no longer meet the records.
 *
 * Keys leave the epoch out, and what a page's elements count stands under the element's own name: tiles are an epoch's.
 */
import type { ElementFacts } from './admission.ts';

/** One erasure's share of one date. */
export interface Residue {
  site: string;
  /** Of the erasure: 16 digits, the later the larger. */
  id: string;
  /** UTC, YYYY-MM-DD. */
  date: string;
  /** The oldest event among the records, ms since the epoch: no day before it was counted from them. */
  from: number;
  names: ResidueName[];
  items: ResidueItem[];
  places: ResiduePlace[];
}
/** A page or value that was counted under its own name. */
export interface ResidueName {
  pk: string;
  slotCount: number;
  name: string;
}
export interface ResidueItem {
  pk: string;
  sk: string;
  counters: Record<string, number>;
  texts: Record<string, string>;
}
/** Counters of one place of an element (`contract/place.ts`), without their index in a tile. */
export interface ResiduePlace {
  /** The partition of the page's elements. */
  pk: string;
  name: string;
  element?: ElementFacts;
  /** The hour's instant, or the whole day. */
  when: number | 'day';
  counters: Record<string, number>;
}

/**
 * An erasure under way. From the moment that it stands, readers leave out the records that it names, whether they are still there or
 * not, and add its residues; so every step that follows may be interrupted.
 */
export interface Erasing {
  residues: Residue[];
  /** `<shard>-<position>` of each record that goes. */
  positions: string[];
  /** The items of the visitor's sessions, which are about nobody else; without their epoch. Absent in what an older build has begun. */
  sessions?: Pick<ResidueItem, 'pk' | 'sk'>[];
  visitor: string;
  /** Loads whose claims go. */
  loads: string[];
}

export const residuePrefix = 'residue/';
export function siteResiduePrefix(site: string): string {
  return `${residuePrefix}site=${site}/`;
}

export function residueKey({ site, date, id }: Pick<Residue, 'site' | 'date' | 'id'>): string {
  return `${siteResiduePrefix(site)}date=${date}/${id}.json`;
}
export function erasingKey(site: string, id: string): string {
  return `${siteResiduePrefix(site)}erasing/${id}.json`;
}
/** Inverse of both: `date` is null for an erasure under way. Null for any other key. */
export function parseResidueKey(key: string): { site: string; date: string | null; id: string } | null {
  const match = /^residue\/site=([\w-]+)\/(?:date=(\d{4}-\d\d-\d\d)|erasing)\/(\d{16})\.json$/.exec(key);
  return match && { site: match[1] ?? '', date: match[2] ?? null, id: match[3] ?? '' };
}
