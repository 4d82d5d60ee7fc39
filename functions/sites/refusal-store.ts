/** Batches that were refused for one reason, and what one of them was told. */
export interface Refusal {
  /** Of a list that is fixed: an item has no more counters than there are codes. */
  code: string;
  batches: number;
  sample: string;
}

/** How many batches were refused at the door, by site and UTC date (YYYY-MM-DD). Every adapter passes its contract test. */
export interface RefusalStore {
  /** Adds to the numbers, and keeps the newer samples. Not exactly once: these are told as "at least". */
  add(site: string, date: string, refusals: readonly Refusal[]): Promise<void>;
  /** Most first. */
  read(site: string, date: string): Promise<Refusal[]>;
}

export function mostFirst(one: Refusal, other: Refusal): number {
  return other.batches - one.batches || (one.code < other.code ? -1 : 1);
}
