/** A budget holds what fills within so long: what a key may spend at once. */
export const budgetMs = 1_000;

/** What all instances of ingest together let through for a write key. Every adapter passes `test/contract/key-budget.test.ts`. */
export interface KeyBudget {
  /**
   * Takes `requests` of a key's budget, which fills evenly by `perSecond` and holds `budgetMs` of that.
   * @param requests at least 1, and no more than the budget holds.
   * @param now ms since the epoch, by the clock of whoever asks: if one is late, it waits for as long as it is late.
   * @returns null: taken. Else nothing is taken, and so many ms from now there will be as many, if nobody takes them before.
   */
  take(key: string, requests: number, perSecond: number, now: number): Promise<number | null>;
}

/**
 * The sum of a budget: it is spent up to an instant, which each request moves on by its share of a second and which is never in the
 * past. This is the virtual scheduling form of GCRA (ITU-T I.371, annex A): a bucket of tokens that is one number.
 */
export function spend(
  spentUntil: number,
  requests: number,
  perSecond: number,
  now: number,
): { until: number; waitMs: number } {
  const until = Math.max(spentUntil, now) + (requests * 1_000) / perSecond;
  return { until, waitMs: Math.max(0, until - budgetMs - now) };
}
