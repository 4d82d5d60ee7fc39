/**
 * Reads a range's sessions, the newest first, from the tiles that a day's sessions stand in, and no more of them than a request may
 * cost: what is left is read by whoever follows the cursor.
 */
import type { AnswerRange } from '../contract/answer.ts';
import { sessionPartitions, sessionSort, type Totals } from '../contract/counter.ts';
import type { QueryPorts } from './query-ports.ts';
import { daysOf } from './range.ts';
import { formatCursor, type SessionCursor } from './session-cursor.ts';

/** Rounds of reading, each a query to every tile of a day: 40 for a month without a visitor, and a few for the rest. */
const roundsMax = 40;
/** Items read, at about 300 bytes each: some 80 read units. */
const itemsMax = 2_000;

export interface NewestSessions<T> {
  found: T[];
  /** Null: the range has no more. */
  next: string | null;
}

/** At most `limit` of what `pick` makes of the sessions; it leaves one out by null. */
export async function newestSessions<T>(
  site: string,
  range: AnswerRange,
  { after, limit, pick }: { after: SessionCursor | null; limit: number; pick: (item: Totals) => T | null },
  ports: Pick<QueryPorts, 'epoch' | 'counters'>,
): Promise<NewestSessions<T>> {
  const found: T[] = [];
  const days = daysOf(range).reverse();
  let rounds = 0;
  let items = 0;
  for (const day of days) {
    if (after && day > after.day) continue;
    let below = day === after?.day ? after.below : null;
    for (let isMore = true; isMore; ) {
      if (rounds >= roundsMax || items >= itemsMax) return { found, next: formatCursor({ day, below }) };
      const round = await readRound(sessionPartitions(ports.epoch, site, day), { range, below, limit }, ports);
      rounds += 1;
      items += round.read;
      isMore = round.isMore;
      for (const item of round.items) {
        // One more than is answered is looked for, or a last full page would promise another.
        if (found.length === limit) return { found, next: formatCursor({ day, below }) };
        below = item.key.sk;
        const one = pick(item);
        if (one !== null) found.push(one);
      }
    }
  }
  return { found, next: null };
}

interface Round {
  /** Newest first; all there are down to the last of them. */
  items: Totals[];
  read: number;
  /** Whether there may be older ones. */
  isMore: boolean;
}

/** Visitors spread evenly over tiles: twice the share that each of them is likely to have of the next `limit`. */
async function readRound(
  tiles: readonly string[],
  { range, below, limit }: { range: AnswerRange; below: string | null; limit: number },
  { counters }: Pick<QueryPorts, 'counters'>,
): Promise<Round> {
  const most = Math.ceil((2 * limit) / tiles.length) + 1;
  const from = sessionSort(range.from, '');
  const end = sessionSort(range.to, '');
  // A cursor may be of a range that went on for longer.
  const to = below !== null && below < end ? below : end;
  const read = await Promise.all(tiles.map((pk) => counters.lastOf(pk, from, to, most)));
  const cut = read.filter((items) => items.length === most).map((items) => items.at(-1)?.key.sk ?? '');
  // Below the last of a tile that has more, another tile's may come before what was not read.
  const horizon = cut.sort().at(-1) ?? '';
  const items = read
    .flat()
    .filter(({ key }) => key.sk >= horizon && key.sk !== below)
    .sort((one, other) => (one.key.sk < other.key.sk ? 1 : -1));
  return { items, read: read.flat().length, isMore: cut.length > 0 };
}
