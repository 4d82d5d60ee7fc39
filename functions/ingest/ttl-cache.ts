/** Keeps up to `sizeMax` values for `ttlMs`; beyond that the oldest goes. The caller brings the clock. */
export class TtlCache<Value> {
  readonly #entries = new Map<string, { value: Value; expiresAt: number }>();

  constructor(
    private readonly sizeMax: number,
    private readonly ttlMs: number,
  ) {}

  /** The value under `key`, read anew by `load` when there is none or it is too old. A failing `load` leaves nothing behind. */
  async through(key: string, now: number, load: () => Promise<Value>): Promise<Value> {
    const entry = this.#entries.get(key);
    if (entry && now < entry.expiresAt) return entry.value;
    const value = await load();
    this.#entries.delete(key);
    if (this.#entries.size >= this.sizeMax) {
      const [oldest] = this.#entries.keys();
      if (oldest !== undefined) this.#entries.delete(oldest);
    }
    this.#entries.set(key, { value, expiresAt: now + this.ttlMs });
    return value;
  }
}
