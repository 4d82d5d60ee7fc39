import { type AdmissionScope, elementScope } from '../contract/admission.ts';
import { type ItemKey, keyText, placeCounter, tileSort } from '../contract/counter.ts';
import { parsePlace } from '../contract/place.ts';
import { laneOf, type Position, positionOf } from '../contract/position.ts';
import type { Residue } from '../contract/residue.ts';
import type { AdmissionStore } from '../store/admission-store.ts';
import type { ItemIncrements, RecordIncrement } from '../store/counter-store.ts';

/**
 * The lane in which items count residues: of a stream generation beyond any that a configuration may name. What an item has taken of
 * it, its guard tells, as it does of records; so a rebuild that is begun again adds nothing twice.
 */
export const residueLane = laneOf(36 ** 2, 'shardId-000000000000');
/** What one update may add to an item, with room to spare: a day's sum may be more than a record's. */
const countersPerPart = 200;

/**
 * What a residue adds to the items of an epoch. A place that finds no slot there counts under none, as its events would have.
 * @param admit takes a slot, or finds what was admitted; null: none.
 */
export async function residueItems(
  residue: Residue,
  epoch: string,
  admit: AdmissionStore['admit'],
): Promise<Omit<ItemIncrements, 'expiresAt'>[]> {
  const of = (pk: string) => `${epoch}|${pk}`;
  const sums = new Map<string, Sum>();
  const sumOf = (key: ItemKey) => {
    const sum = sums.get(keyText(key)) ?? { key, counters: {}, texts: {} };
    sums.set(keyText(key), sum);
    return sum;
  };
  for (const { pk, slotCount, name } of residue.names) await admit({ pk: of(pk), slotCount }, name);
  for (const { pk, sk, counters, texts } of residue.items) {
    const sum = sumOf({ pk: of(pk), sk });
    Object.assign(sum.counters, counters);
    Object.assign(sum.texts, texts);
  }
  for (const { pk, name, element, when, counters } of residue.places) {
    const scope: AdmissionScope = elementScope(of(pk));
    const admission = await admit(scope, name, element);
    if (!admission) continue;
    const sum = sumOf({ pk: of(pk), sk: tileSort(when, admission.tile ?? 0, parsePlace(name).group) });
    for (const [counter, value] of Object.entries(counters)) {
      sum.counters[placeCounter(admission.at ?? 0, counter)] = value;
    }
  }
  return [...sums.values()].map((sum) => incrementsOf(residue, sum));
}

interface Sum {
  key: ItemKey;
  counters: Record<string, number>;
  texts: Record<string, string>;
}

/** As many parts as updates are needed, each at a position of its own. */
function incrementsOf(residue: Residue, { key, counters, texts }: Sum): Omit<ItemIncrements, 'expiresAt'> {
  const entries = Object.entries(counters);
  const parts: RecordIncrement[] = [];
  for (let at = 0; at < Math.max(1, entries.length); at += countersPerPart) {
    const position = residuePosition(residue, parts.length);
    parts.push({
      position,
      counters: Object.fromEntries(entries.slice(at, at + countersPerPart)),
      texts: at === 0 ? texts : {},
    });
  }
  return { key, first: residuePosition(residue, 0), last: residuePosition(residue, parts.length - 1), parts };
}

function residuePosition({ id, date }: Residue, part: number): Position {
  return positionOf(`${id}${date.replaceAll('-', '')}${String(part).padStart(4, '0')}`);
}
