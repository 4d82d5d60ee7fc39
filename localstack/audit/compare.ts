import { type ItemKey, keyText } from '../../functions/contract/counter.ts';
import type { Lane, Position } from '../../functions/contract/position.ts';
import type { GuardedTotals } from '../../functions/store/counter-store.ts';
import type { RunSum } from '../../functions/store/run.ts';
import type { Entry } from './ledger.ts';

/** An item as it is stored, with how far it has counted. */
export type StoredItem = GuardedTotals;

export interface Difference {
  key: ItemKey;
  /** Of a counter or a text. */
  name: string;
  /** What the archive comes to. */
  expected: number | string;
  stored: number | string;
}

export interface Comparison {
  items: number;
  counters: number;
  texts: number;
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
  const comparison: Comparison = { items: 0, counters: 0, texts: 0, differences: [], underWay: 0 };
  const leftOut = new Set<string>();
  for (const name of new Set([...expected.keys(), ...stored.keys()])) {
    const item = stored.get(name);
    const key = item?.key ?? expected.get(name)?.key;
    if (!key) continue;
    const isCounted = (lane: Lane, position: Position) => isDone(lane, position, key);
    const wanted = sumOf(expected.get(name)?.entries ?? [], item?.guards ?? {}, isCounted, leftOut);
    if (wanted.counters.size === 0 && !item) continue;
    comparison.items += 1;
    const counters = differing(key, wanted.counters, item?.counters ?? {}, 0);
    const texts = followTheRecords(key) ? differing(key, wanted.texts, item?.texts ?? {}, '') : [];
    comparison.counters += counters.length;
    comparison.texts += texts.length;
    for (const one of [...counters, ...texts]) if (one.expected !== one.stored) comparison.differences.push(one);
  }
  comparison.underWay = leftOut.size;
  return comparison;
}

/** Beside a session's, texts are those of whoever wrote last, of all visitors on all shards. */
function followTheRecords({ pk }: ItemKey): boolean {
  return pk.split('|')[2] === 'session';
}

function differing<T extends number | string>(
  key: ItemKey,
  wanted: ReadonlyMap<string, T>,
  found: Readonly<Record<string, T>>,
  none: T,
): Difference[] {
  return [...new Set([...wanted.keys(), ...Object.keys(found)])].map((name) => ({
    key,
    name,
    expected: wanted.get(name) ?? none,
    stored: found[name] ?? none,
  }));
}

/** Entries are in the order of their lane, and one lane after the other: of a text, the last stands. */
function sumOf(
  entries: Entry[],
  guards: Record<Lane, Position>,
  isCounted: (lane: Lane, position: Position) => boolean,
  leftOut: Set<string>,
): RunSum {
  const sum: RunSum = { counters: new Map(), texts: new Map() };
  for (const { lane, position, counters, texts } of entries) {
    const guard = guards[lane];
    if (!(guard !== undefined && position <= guard) && !isCounted(lane, position)) {
      leftOut.add(`${lane}|${position}`);
      continue;
    }
    for (const [name, value] of Object.entries(counters)) {
      if (value > 0) sum.counters.set(name, (sum.counters.get(name) ?? 0) + value);
    }
    for (const [name, text] of Object.entries(texts)) sum.texts.set(name, text);
  }
  return sum;
}

/** One line a difference, for a person. */
export function describeDifference({ key, name, expected, stored }: Difference): string {
  const [told, found] = [expected, stored].map((value) => JSON.stringify(value));
  return `${keyText(key).replace('\n', ' ')}  ${name}: the archive says ${told}, stored is ${found}`;
}
