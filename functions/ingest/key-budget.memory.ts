import type { KeyBudget } from './key-budget.ts';

export function memoryKeyBudget(): KeyBudget {
  const taken = new Map<string, number>();
  return {
    async take(key, window, requests, requestsMax) {
      const name = `${window}|${key}`;
      const sum = (taken.get(name) ?? 0) + requests;
      if (sum > requestsMax) return false;
      taken.set(name, sum);
      return true;
    },
  };
}
