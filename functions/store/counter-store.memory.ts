import { countersPerUpdateMax, type ItemKey, keyText, type Totals } from '../contract/counter.ts';
import type { Lane, Position } from '../contract/position.ts';
import type { AddResult, CounterStore, ItemIncrements } from './counter-store.ts';
import type { Partitions } from './partitions.ts';
import { checkRun, partsAfter, piecesOf, sumOf } from './run.ts';

interface Item extends Totals {
  guards: Map<Lane, Position>;
}

/** Counters in this process's memory: for tests, and as the plainest statement of what a counter store does. */
export function memoryCounterStore(): CounterStore & Partitions {
  const items = new Map<string, Item>();

  function add(lane: Lane, run: ItemIncrements): AddResult {
    checkRun(run);
    // Only for its bound: in memory a run is added whole.
    piecesOf(run, countersPerUpdateMax);
    const item: Item = items.get(keyText(run.key)) ?? {
      key: { ...run.key },
      counters: {},
      texts: {},
      guards: new Map(),
    };
    const guard = item.guards.get(lane);
    const parts = guard === undefined || guard < run.first ? run.parts : partsAfter(run.parts, guard);
    if (parts.length === 0) return { outcome: 'repeated', totals: copyOf(item) };

    const { counters, texts } = sumOf(run.key, parts);
    const changed: Totals = { key: { ...run.key }, counters: {}, texts: Object.fromEntries(texts) };
    for (const [name, value] of counters) {
      item.counters[name] = (item.counters[name] ?? 0) + value;
      changed.counters[name] = item.counters[name];
    }
    Object.assign(item.texts, changed.texts);
    item.guards.set(lane, run.last);
    items.set(keyText(run.key), item);
    return { outcome: parts.length === run.parts.length ? 'counted' : 'partly', totals: changed };
  }

  function partition(pk: string, skFrom = '', skTo?: string): Totals[] {
    return [...items.values()]
      .filter(({ key }) => key.pk === pk && skFrom <= key.sk && (skTo === undefined || key.sk <= skTo))
      .sort((a, b) => (a.key.sk < b.key.sk ? -1 : 1))
      .map(copyOf);
  }

  return {
    add: async (lane, run) => add(lane, run),
    partition: async (...range) => partition(...range),
    lastOf: async (pk, skFrom, skTo, limit) => partition(pk, skFrom, skTo).reverse().slice(0, limit),
    async guarded(key) {
      const item = items.get(keyText(key));
      return item ? { ...copyOf(item), guards: Object.fromEntries(item.guards) } : null;
    },
    async items(keys: ItemKey[]) {
      const texts = new Set(keys.map(keyText));
      return [...texts].flatMap((text) => items.get(text) ?? []).map(copyOf);
    },
    sorts: async (pk) => [...items.values()].filter(({ key }) => key.pk === pk).map(({ key }) => key.sk),
    async delete(pk, sorts) {
      for (const sk of sorts) items.delete(keyText({ pk, sk }));
    },
  };
}

function copyOf({ key, counters, texts }: Item): Totals {
  return { key: { ...key }, counters: { ...counters }, texts: { ...texts } };
}
