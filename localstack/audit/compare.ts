import { type ItemKey, keyText } from '../../functions/contract/counter.ts';
import type { Lane, Position } from '../../functions/contract/position.ts';
import type { Entry } from './ledger.ts';

/** An item as it is stored, with how far it has counted. */
export interface StoredItem {
  key: ItemKey;
  counters: Record<string, number>;
  guards: Record<Lane, Position>;
}

export interface Difference {
  key: ItemKey;
  counter: string;
  /** What the archive comes to. */
  expected: number;
  stored: number;
}

export interface Comparison {
  items: number;
  counters: number;
  differences: Difference[];
  /** Records that were left out of an item at least, because the processor may not have come to them yet. */
  underWay: number;
}

/**
 * Compares what the archive comes to with what is stored. Live events go on meanwhile: an item is held to the records up to its
 * own guard, and to every record that is known to be done with, which must stand in it.
 * @param isDone whether the processor had added a record to an item before the items were read.
 */
export function compareItems(
  expected: ReadonlyMap<string, { key: ItemKey; entries: Entry[] }>,
  stored: ReadonlyMap<string, StoredItem>,
  isDone: (lane: Lane, position: Position, key: ItemKey) => boolean,
): Comparison {
  const comparison: Comparison = { items: 0, counters: 0, differences: [], underWay: 0 };
  const leftOut = new Set<string>();
  for (const name of new Set([...expected.keys(), ...stored.keys()])) {
    const item = stored.get(name);
    const key = item?.key ?? expected.get(name)?.key;
    if (!key) continue;
    const isCounted = (lane: Lane, position: Position) => isDone(lane, position, key);
    const wanted = sumOf(expected.get(name)?.entries ?? [], item?.guards ?? {}, isCounted, leftOut);
    if (wanted.size === 0 && !item) continue;
    comparison.items += 1;
    const found = item?.counters ?? {};
    for (const counter of new Set([...wanted.keys(), ...Object.keys(found)])) {
      comparison.counters += 1;
      const difference = { key, counter, expected: wanted.get(counter) ?? 0, stored: found[counter] ?? 0 };
      if (difference.expected !== difference.stored) comparison.differences.push(difference);
    }
  }
  comparison.underWay = leftOut.size;
  return comparison;
}

function sumOf(
  entries: Entry[],
  guards: Record<Lane, Position>,
  isCounted: (lane: Lane, position: Position) => boolean,
  leftOut: Set<string>,
): Map<string, number> {
  const sum = new Map<string, number>();
  for (const { lane, position, counters } of entries) {
    const guard = guards[lane];
    if (!(guard !== undefined && position <= guard) && !isCounted(lane, position)) {
      leftOut.add(`${lane}|${position}`);
      continue;
    }
    for (const [name, value] of Object.entries(counters)) {
      if (value > 0) sum.set(name, (sum.get(name) ?? 0) + value);
    }
  }
  return sum;
}

/** One line a difference, for a person. */
export function describeDifference({ key, counter, expected, stored }: Difference): string {
  return `${keyText(key).replace('\n', ' ')}  ${counter}: the archive says ${expected}, stored is ${stored}`;
}
