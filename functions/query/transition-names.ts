import { type ItemKey, otherValue, pageKey, pageText, valueKey, valueText } from '../contract/counter.ts';
import { dayMs } from '../contract/time-unit.ts';
import type { QueryPorts } from './query-ports.ts';
import type { Pair } from './transition-tally.ts';

/** Ids to paths and addresses. What nobody knows is `(other)`. */
export interface TransitionNames {
  page(id: string): string;
  link(id: string): string;
}

/** A page that a view at midnight came from was counted on the day before. */
export async function namesOf(
  site: string,
  pairs: readonly Pair[],
  ports: Pick<QueryPorts, 'epoch' | 'counters'>,
): Promise<TransitionNames> {
  const keys = new Map<string, ItemKey>();
  const want = (key: ItemKey) => keys.set(`${key.pk}\n${key.sk}`, key);
  for (const { from, to, isOutbound, day } of pairs) {
    want(pageKey(ports.epoch, site, dayBefore(day), from));
    want(pageKey(ports.epoch, site, day, from));
    want(isOutbound ? valueKey(ports.epoch, site, day, 'outbound', to) : pageKey(ports.epoch, site, day, to));
  }
  const names = new Map<string, string>();
  for (const { key, texts } of keys.size > 0 ? await ports.counters.items([...keys.values()]) : []) {
    const name = texts[pageText.path] ?? texts[valueText.value];
    if (name !== undefined) names.set(key.sk, name);
  }
  return {
    page: (id) => names.get(id) ?? otherValue,
    link: (id) => names.get(valueKey('', '', '', 'outbound', id).sk) ?? otherValue,
  };
}

function dayBefore(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - dayMs).toISOString().slice(0, 10);
}
