import { type KeyBudget, spend } from './key-budget.ts';

export function memoryKeyBudget(): KeyBudget {
  const spent = new Map<string, number>();
  return {
    async take(key, requests, perSecond, now) {
      const { until, waitMs } = spend(spent.get(key) ?? 0, requests, perSecond, now);
      if (waitMs > 0) return waitMs;
      spent.set(key, until);
      return null;
    },
  };
}
