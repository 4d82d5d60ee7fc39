import { type ItemKey, keyText } from '../../functions/contract/counter.ts';
import type { Lane, Position } from '../../functions/contract/position.ts';
import type { CounterStore } from '../../functions/store/counter-store.ts';

/** What one record adds to one item. */
export interface Entry {
  lane: Lane;
  position: Position;
  counters: Record<string, number>;
  texts: Record<string, string>;
}

/** Stands where the counters stand, and writes down each increment instead of adding it up. */
export class Ledger implements Pick<CounterStore, 'add'> {
  readonly items = new Map<string, { key: ItemKey; entries: Entry[] }>();

  /** @param keeps which items are written down: those of other days would fill the memory. */
  constructor(private readonly keeps: (key: ItemKey) => boolean) {}

  add: CounterStore['add'] = async (lane, { key, parts }) => {
    if (this.keeps(key)) {
      const item = this.items.get(keyText(key)) ?? { key, entries: [] };
      for (const part of parts) item.entries.push({ lane, ...part });
      this.items.set(keyText(key), item);
    }
    return { outcome: 'counted', totals: { key, counters: {}, texts: {} } };
  };
}
