/** Somewhere that may hold something of a site, and how a bounded part of it is removed. To sweep it again does no harm. */
export interface ErasePlace {
  /** For the log. */
  name: string;
  /** Removes what a bounded look finds from `at` on (null: from the beginning). Returns where to go on; null: to the end. */
  sweep(site: string, at: string | null): Promise<string | null>;
}
