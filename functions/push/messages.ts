/** Totals as messages of at most `messageBytesMax`, as the dashboard merges them. Pure. */
import type { Totals } from '../contract/counter.ts';
import {
  type FeedRow,
  messageBytesMax,
  type SnapshotMessage,
  type TotalsMessage,
  type WireTotals,
} from '../contract/live.ts';

export const feedRowsPerPushMax = 20;
/** The feed is a garnish: of rows with long paths, fewer are shown. */
const feedBytesMax = 8_000;

/** Inverse: `totalsOfWire`. */
export function wireOf({ key, counters, texts }: Totals): WireTotals {
  return Object.keys(texts).length > 0 ? [key.pk, key.sk, counters, texts] : [key.pk, key.sk, counters];
}
export function totalsOfWire([pk, sk, counters, texts]: WireTotals): Totals {
  return { key: { pk, sk }, counters, texts: texts ?? {} };
}

/** A snapshot's parts, in order; at least one, even of nothing. */
export function snapshotMessages(about: { epoch: string; id: number; asOf: number }, items: Totals[]): string[] {
  const envelope = (part: number, parts: number, held: WireTotals[]): SnapshotMessage => ({
    type: 'snapshot',
    ...about,
    part,
    parts,
    items: held,
  });
  const room = messageBytesMax - bytesOf(envelope(Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER, []));
  const groups = groupsOf(items.map(wireOf), room);
  return groups.map((held, part) => JSON.stringify(envelope(part, groups.length, held)));
}

/** What changed, in messages that each stand for themselves; the feed rides on the first. At least one, even of nothing: it tells `asOf`. */
export function totalsMessages(about: { epoch: string; asOf: number }, items: Totals[], feed: FeedRow[]): string[] {
  const rows = newestThatFit(feed);
  const envelope = (held: WireTotals[], shown: FeedRow[]): TotalsMessage => ({
    type: 'totals',
    ...about,
    items: held,
    ...(shown.length > 0 && { feed: shown }),
  });
  const room = messageBytesMax - bytesOf(envelope([], rows));
  const groups = groupsOf(items.map(wireOf), room);
  return groups.map((held, index) => JSON.stringify(envelope(held, index === 0 ? rows : [])));
}

function newestThatFit(feed: FeedRow[]): FeedRow[] {
  let rows = feed.slice(-feedRowsPerPushMax);
  while (bytesOf(rows) > feedBytesMax) rows = rows.slice(1);
  return rows;
}

/** In order, as many to a group as fit `bytesMax` of JSON; one empty group for no items. */
function groupsOf(items: WireTotals[], bytesMax: number): WireTotals[][] {
  const groups: WireTotals[][] = [[]];
  let bytes = 0;
  for (const item of items.flatMap((whole) => piecesOf(whole, bytesMax))) {
    const size = bytesOf(item) + 1;
    if (bytes + size > bytesMax && bytes > 0) {
      groups.push([]);
      bytes = 0;
    }
    groups.at(-1)?.push(item);
    bytes += size;
  }
  return groups;
}

/** Counters merge one by one, so an item too large for a message may come in pieces. Items are far below; this is for when one is not. */
function piecesOf(item: WireTotals, bytesMax: number): WireTotals[] {
  if (bytesOf(item) + 1 <= bytesMax) return [item];
  const [pk, sk, counters, texts] = item;
  const entries = Object.entries(counters);
  if (entries.length <= 1 && !texts) {
    throw new RangeError(`one counter of ${pk} ${sk} does not fit a message of ${bytesMax} bytes`);
  }
  if (texts) {
    const textOf = Object.entries(texts).map(([name, text]): WireTotals => [pk, sk, {}, { [name]: text }]);
    return [...piecesOf([pk, sk, counters], bytesMax), ...textOf];
  }
  const half = Math.ceil(entries.length / 2);
  return [entries.slice(0, half), entries.slice(half)].flatMap((some) =>
    piecesOf([pk, sk, Object.fromEntries(some)], bytesMax),
  );
}

function bytesOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}
