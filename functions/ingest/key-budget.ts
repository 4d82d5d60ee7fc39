/** What all instances of ingest together let through for a write key. Every adapter passes `test/contract/key-budget.test.ts`. */
export interface KeyBudget {
  /**
   * Takes `requests` from a key's budget of `requestsMax` for a window of time; false, and nothing is taken, where it has not so many
   * left. `window`: a whole number, the same for all instances; `expiresAt`: when nobody asks about it any more, seconds since the epoch.
   */
  take(key: string, window: number, requests: number, requestsMax: number, expiresAt: number): Promise<boolean>;
}
