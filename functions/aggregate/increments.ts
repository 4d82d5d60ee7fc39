import { type Increment, type ItemKey, keyText } from '../contract/counter.ts';

/** What one record adds, summed per item: the statistics add to it, the fold hands it on. */
export class Increments {
  readonly #items = new Map<string, Increment>();

  /** Adds `amount` to a counter. Nothing for 0 or less: a counter only grows, whatever a record claims. */
  add(key: ItemKey, name: string, amount = 1): void {
    if (!(amount > 0 && amount <= Number.MAX_SAFE_INTEGER)) return;
    const { counters } = this.#item(key);
    counters[name] = (counters[name] ?? 0) + amount;
  }

  /** Sets a fact about the item; the last one stands. */
  text(key: ItemKey, name: string, value: string): void {
    this.#item(key).texts[name] = value;
  }

  /** In the order in which items were first touched. */
  list(): Increment[] {
    return [...this.#items.values()];
  }

  #item(key: ItemKey): Increment {
    const name = keyText(key);
    const known = this.#items.get(name);
    if (known) return known;
    const made: Increment = { key, counters: {}, texts: {} };
    this.#items.set(name, made);
    return made;
  }
}
