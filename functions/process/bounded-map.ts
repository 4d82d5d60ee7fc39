/** A map of at most `entriesMax` entries; the one least recently asked for goes first. For caches of what never changes. */
export class BoundedMap<V> {
  readonly #entries = new Map<string, V>();

  constructor(private readonly entriesMax: number) {}

  get(key: string): V | undefined {
    const value = this.#entries.get(key);
    if (value === undefined) return undefined;
    this.#entries.delete(key);
    this.#entries.set(key, value);
    return value;
  }

  set(key: string, value: V): void {
    this.#entries.delete(key);
    this.#entries.set(key, value);
    const [oldest] = this.#entries.keys();
    if (this.#entries.size > this.entriesMax && oldest !== undefined) this.#entries.delete(oldest);
  }
}
