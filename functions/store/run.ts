/** The arithmetic of a run of records on one item, the same for every adapter: what is left of it, and what it adds up to. */
import type { ItemKey } from '../contract/counter.ts';
import type { Position } from '../contract/position.ts';
import type { ItemIncrements, RecordIncrement } from './counter-store.ts';
import { UnwritableError } from './unwritable-error.ts';

/** What of a run has not been counted where an item's guard stands at `guard`. Parts are in stream order. */
export function partsAfter(parts: RecordIncrement[], guard: Position): RecordIncrement[] {
  return parts.filter((part) => part.position > guard);
}

/** Counters added up, without those that add nothing; of a text set several times, the last. */
export interface RunSum {
  counters: Map<string, number>;
  texts: Map<string, string>;
}

/** @throws UnwritableError when a counter would not grow: the merge of totals by the larger depends on it. */
export function sumOf(key: ItemKey, parts: RecordIncrement[]): RunSum {
  const sum: RunSum = { counters: new Map(), texts: new Map() };
  for (const part of parts) {
    for (const [name, value] of Object.entries(part.counters)) {
      if (!(value >= 0 && value <= Number.MAX_SAFE_INTEGER)) {
        throw new UnwritableError(key, `counter "${name}" cannot grow by ${value}`);
      }
      if (value > 0) sum.counters.set(name, (sum.counters.get(name) ?? 0) + value);
    }
    for (const [name, text] of Object.entries(part.texts)) sum.texts.set(name, text);
  }
  return sum;
}

/** @throws RangeError when a run's positions are not in order between its first and its last: its guard would pass over records. */
export function checkRun({ key, first, last, parts }: ItemIncrements): void {
  let before = first;
  for (const { position } of parts) {
    if (position < before || position > last) {
      throw new RangeError(`run on ${key.pk} ${key.sk} has ${position} out of order in ${first} to ${last}`);
    }
    before = position;
  }
  if (parts.length === 0 || first > last) throw new RangeError(`run on ${key.pk} ${key.sk} is empty`);
}

/**
 * The run in pieces of at most `namesMax` counters and texts, cut between records: a piece stands for a run of its own, as if the
 * stream had delivered it so. Nearly always one piece.
 * @throws UnwritableError when a single record has more names than that.
 */
export function piecesOf(run: ItemIncrements, namesMax: number): ItemIncrements[] {
  // The common case, without telling names apart.
  if (run.parts.reduce((sum, part) => sum + namesOf(part).length, 0) <= namesMax) return [run];
  const pieces: RecordIncrement[][] = [[]];
  let names = new Set<string>();
  for (const part of run.parts) {
    const own = namesOf(part);
    if (own.length > namesMax) {
      throw new UnwritableError(run.key, `record ${part.position} adds to ${own.length} counters`);
    }
    if (new Set([...names, ...own]).size > namesMax) {
      pieces.push([]);
      names = new Set();
    }
    for (const name of own) names.add(name);
    pieces.at(-1)?.push(part);
  }
  return pieces.map((parts, index) => ({
    ...run,
    parts,
    first: index === 0 ? run.first : (parts[0]?.position ?? run.first),
    last: index === pieces.length - 1 ? run.last : (parts.at(-1)?.position ?? run.last),
  }));
}

function namesOf({ counters, texts }: RecordIncrement): string[] {
  return [...Object.keys(counters), ...Object.keys(texts).map((name) => `=${name}`)];
}
