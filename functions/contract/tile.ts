/**
 * Tiles: items that several places share, because a write is billed by the started KB and a place alone has a few hundred
 * bytes. Places are put into tiles by the most that they can ever weigh, so that an item stays within its bound whatever comes.
 */
import { countersPerUpdateMax, itemBytesMax } from './counter.ts';
import { eventsPerBatchMax, scrollBandCount } from './event.ts';
import { cellsMax, type Place } from './place.ts';

/** The place's index is one character of each of its counters' names. */
export const placesPerTileMax = 64;

/**
 * What of an item is not counters: `pk` (86: a site of 40 characters), `sk` (24), their names (4), `ttl` (9) and eight guards
 * (30 each). More shards than that writing to one tile in its hour or day cost it a further KB in the worst case.
 */
const overheadBytes = 363;
export const tileBytesMax = itemBytesMax - overheadBytes;

/**
 * A number takes a byte for two digits, and one more. Clicks of one cell in an hour: six digits (277 a second on one spot); ms of
 * one cell: ten (more than a hundred pointers resting on it all day); an element's own sums have two digits more.
 */
const countBytes = 4;
const msBytes = 6;
const sumBytes = 1;
/** The index, then a cell's five characters or a statistic's two. */
const cellNameBytes = 6;
const sumNameBytes = 3;
const countSumBytes = sumNameBytes + countBytes + sumBytes;
const msSumBytes = sumNameBytes + msBytes + sumBytes;

/** The most that a place's counters can come to. */
export interface Weight {
  bytes: number;
  cells: number;
  /** Those of them that an event adds to beside another: a hover that hesitated counts in two. */
  second: number;
  /** Statistics of the element. */
  sums: number;
}

export function weightOf(place: Pick<Place, 'group' | 'across' | 'down'>): Weight {
  // Focuses, changes and abandons; time of focus.
  if (place.group === 'f') return { bytes: 3 * countSumBytes + msSumBytes, cells: 0, second: 0, sums: 4 };
  // Views and their folds; reach and time of each band.
  if (place.group === 'p') {
    const bandBytes = countSumBytes + msSumBytes;
    return { bytes: bandBytes * (scrollBandCount + 1), cells: 0, second: 0, sums: 2 * (scrollBandCount + 1) };
  }
  const { fine, coarse } = cellsMax(place);
  const count = cellNameBytes + countBytes;
  const ms = cellNameBytes + msBytes;
  return place.group === 'c'
    ? {
        bytes: fine * count + coarse * (3 * count + ms) + 6 * countSumBytes + msSumBytes,
        cells: fine + 4 * coarse,
        second: coarse,
        sums: 7,
      }
    : { bytes: fine * ms + countSumBytes + msSumBytes, cells: fine, second: 0, sums: 2 };
}

/**
 * Whether an item can hold so much. Beside its bytes, what one record may add to it must fit one update: an event adds to one
 * cell, or to a second one too, so a record to no more cells than it has events and there are second ones, and to every sum.
 */
export function isWithinTile({ bytes, cells, second, sums }: Weight): boolean {
  return bytes <= tileBytesMax && Math.min(cells, eventsPerBatchMax + second) + sums <= countersPerUpdateMax;
}
