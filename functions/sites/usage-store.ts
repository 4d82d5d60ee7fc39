import type { Usage } from '../contract/usage.ts';

/** What sites have used, by UTC date (YYYY-MM-DD). Every adapter passes its contract test. */
export interface UsageStore {
  /** Adds to a date. Not exactly once: an instance that ends takes its last seconds along, so a sum is "at least". */
  add(site: string, date: string, usage: Usage): Promise<void>;
  /** The dates from `first` to `last` (inclusive) on which anything was used, in order. At most a month of them is asked for. */
  read(site: string, first: string, last: string): Promise<{ date: string; usage: Usage }[]>;
}
