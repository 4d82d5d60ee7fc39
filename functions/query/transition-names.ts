import { type ItemKey, otherValue, pageKey, pageText, valueKey, valueText } from '../contract/counter.ts';
import { dayMs } from '../contract/time-unit.ts';
import type { QueryPorts } from './query-ports.ts';
import type { Pair } from './transition-tally.ts';

/** Ids to paths and addresses. What nobody knows is `(other)`. */
export interface TransitionNames {
  page(id: string): string;
  link(id: string): string;
}

/** Each is asked for once: an id means the same on every day. A page that a view at midnight came from was counted on the day before. */
export async function namesOf(
  site: string,
  pairs: readonly Pair[],
  { epoch, counters }: Pick<QueryPorts, 'epoch' | 'counters'>,
): Promise<TransitionNames> {
  const wanted = new Map<string, ItemKey[]>();
  for (const { to, isOutbound, day } of pairs) {
    const key = isOutbound ? valueKey(epoch, site, day, 'outbound', to) : pageKey(epoch, site, day, to);
    wanted.set(key.sk, [key]);
  }
  for (const { from, day } of pairs) {
    const keys = [dayBefore(day), day].map((one) => pageKey(epoch, site, one, from));
    if (!wanted.has(from)) wanted.set(from, keys);
  }
  const names = new Map<string, string>();
  for (const { key, texts } of wanted.size > 0 ? await counters.items([...wanted.values()].flat()) : []) {
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
