/** Transitions of a range of days, added up. */
import type { AnswerRange } from '../contract/answer.ts';
import { parseTransitionSort, type Totals, transitionName, transitionPartition } from '../contract/counter.ts';
import { inParallel } from './in-parallel.ts';
import type { QueryPorts } from './query-ports.ts';
import { daysOf } from './range.ts';

/** Pairs that an answer adds up one by one; the pages of a site may make a million a day. */
const pairsHeldMax = 100_000;
/** A busy day has thousands of pairs: so many days are held at once. */
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

/** @param pageId only what leads to this page or from it */
export async function readTransitions(
  site: string,
  range: AnswerRange,
  pageId: string | null,
  ports: Pick<QueryPorts, 'epoch' | 'counters'>,
): Promise<TransitionTally> {
  const held = new Map<string, Pair>();
  let left = 0;
  const add = (day: string, { key: { sk }, counters }: Totals) => {
    const pair = { ...parseTransitionSort(sk), count: netOf(counters), day };
    if (pair.count <= 0 || (pageId !== null && pair.from !== pageId && pair.to !== pageId)) return;
    const known = held.get(sk);
    if (known) known.count += pair.count;
    else if (held.size < pairsHeldMax) held.set(sk, pair);
    else if (!pair.isOutbound) left += pair.count;
  };
  const read = async (day: string) => {
    const items = await ports.counters.partition(transitionPartition(ports.epoch, site, day));
    for (const item of items) add(day, item);
  };
  await inParallel(daysOf(range), read, daysAtOnceMax);
  return { pairs: [...held.values()], left };
}

function netOf(counters: Record<string, number>): number {
  return (counters[transitionName.made] ?? 0) - (counters[transitionName.undone] ?? 0);
}

/** Most first, then by id: an order that does not hang on which day was read first. */
export function mostFirst(pairs: readonly Pair[]): Pair[] {
  const nameOf = ({ from, to }: Pair) => `${from}|${to}`;
  return [...pairs].sort((one, other) => other.count - one.count || (nameOf(one) < nameOf(other) ? -1 : 1));
}

export function sumOf(pairs: readonly Pair[]): number {
  return pairs.reduce((sum, { count }) => sum + count, 0);
}
