/** Transitions of a range of days, added up. */
import type { AnswerRange } from '../contract/answer.ts';
import { parseTransitionSort, type Totals, transitionName, transitionPartition } from '../contract/counter.ts';
import { ApiError } from './api-error.ts';
import { inParallel } from './in-parallel.ts';
import type { QueryPorts } from './query-ports.ts';
import { daysOf } from './range.ts';

/** Pairs that an answer adds up one by one; the pages of a site may make a million a day. Of more, the lesser half is summed up. */
const pairsHeldMax = 100_000;
/** Items that a request reads, of several days: some 50 MB. One day is read whole. */
const itemsReadMax = 300_000;
const itemsPerRead = 1_000;
const daysAtOnceMax = 8;

/** From a page (an id) to a page, or by an outbound link (the id of its value). */
export interface Pair {
  from: string;
  to: string;
  isOutbound: boolean;
  count: number;
  /** A day on which it was counted: there its names can be asked for. */
  day: string;
}

export interface TransitionTally {
  pairs: Pair[];
  /** Transitions of pairs beyond those held. */
  left: number;
}

/**
 * @param pageId only what leads to this page or from it
 * @throws ApiError 400 `range-too-full`: several days have too many different pairs to be read for one answer.
 */
export async function readTransitions(
  site: string,
  range: AnswerRange,
  pageId: string | null,
  { epoch, counters }: Pick<QueryPorts, 'epoch' | 'counters'>,
): Promise<TransitionTally> {
  const held = new Map<string, Pair>();
  const days = daysOf(range);
  let [left, read] = [0, 0];
  const add = (day: string, { key: { sk }, counters: counted }: Totals) => {
    const pair = { ...parseTransitionSort(sk), count: netOf(counted), day };
    if (pair.count <= 0 || (pageId !== null && pair.from !== pageId && pair.to !== pageId)) return;
    const known = held.get(sk);
    if (known) known.count += pair.count;
    else held.set(sk, pair);
    if (held.size > pairsHeldMax) left += dropLesser(held);
  };
  const readDay = async (day: string) => {
    for await (const items of pagesOf(transitionPartition(epoch, site, day), counters)) {
      read += items.length;
      if (read > itemsReadMax && days.length > 1) throw tooFull(days.length);
      for (const item of items) add(day, item);
    }
  };
  await inParallel(days, readDay, daysAtOnceMax);
  return { pairs: [...held.values()], left };
}

/** A partition's items, some at a time: a busy day's would be hundreds of megabytes. */
async function* pagesOf(pk: string, { lastOf }: Pick<QueryPorts['counters'], 'lastOf'>): AsyncGenerator<Totals[]> {
  // Ids are base64url, which stands between the two.
  let [below, isFirst] = ['~', true];
  for (;;) {
    const found = await lastOf(pk, '!', below, itemsPerRead);
    yield isFirst ? found : found.filter(({ key }) => key.sk !== below);
    if (found.length < itemsPerRead) return;
    [below, isFirst] = [found.at(-1)?.key.sk ?? '', false];
  }
}

/** @returns the transitions between pages that went. */
function dropLesser(held: Map<string, Pair>): number {
  const median = Float64Array.from(held.values(), ({ count }) => count).sort()[pairsHeldMax / 2] ?? 0;
  let gone = 0;
  for (const [sk, { count, isOutbound }] of held) {
    if (held.size <= pairsHeldMax / 2) break;
    if (count > median) continue;
    held.delete(sk);
    if (!isOutbound) gone += count;
  }
  return gone;
}

function tooFull(days: number): ApiError {
  const message = `these ${days} days have more than ${itemsReadMax} different ways between pages: ask for fewer days (from, to)`;
  return new ApiError(400, 'range-too-full', message);
}

function netOf(counters: Record<string, number>): number {
  return (counters[transitionName.made] ?? 0) - (counters[transitionName.undone] ?? 0);
}

/** Most first, then by id: an order that does not hang on which day was read first. */
export function mostFirst(pairs: readonly Pair[]): Pair[] {
  const isBefore = (one: Pair, other: Pair) => (one.from === other.from ? one.to < other.to : one.from < other.from);
  return [...pairs].sort((one, other) => other.count - one.count || (isBefore(one, other) ? -1 : 1));
}

export function sumOf(pairs: readonly Pair[]): number {
  return pairs.reduce((sum, { count }) => sum + count, 0);
}
