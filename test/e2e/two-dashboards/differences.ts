import type { Totals } from '../../../functions/contract/counter.ts';
import type { LiveItem } from '../../../web/live/merge.ts';

/** Every counter of an item, by `pk sk name`. */
export function countersOf(items: Iterable<Pick<LiveItem, 'pk' | 'sk' | 'counters'>>): Map<string, number> {
  const counters = new Map<string, number>();
  for (const item of items)
    for (const [name, value] of Object.entries(item.counters)) counters.set(`${item.pk} ${item.sk} ${name}`, value);
  return counters;
}

export function itemsOf(totals: readonly Totals[]): Pick<LiveItem, 'pk' | 'sk' | 'counters'>[] {
  return totals.map(({ key, counters }) => ({ ...key, counters }));
}

/** Where `has` says something else than `wanted`, of all that `wanted` names. */
export function differences(wanted: Map<string, number>, has: Map<string, number>): string[] {
  return [...wanted]
    .filter(([name, value]) => has.get(name) !== value)
    .map(([name, value]) => `${name}: ${has.get(name)}, not ${value}`);
}
