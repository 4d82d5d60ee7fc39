import { mostFirst, type Refusal, type RefusalStore } from './refusal-store.ts';

/** Refusals in this process's memory. */
export function memoryRefusalStore(): RefusalStore {
  const items = new Map<string, Map<string, Refusal>>();
  return {
    async add(site, date, refusals) {
      const item = items.get(`${site}|${date}`) ?? new Map<string, Refusal>();
      items.set(`${site}|${date}`, item);
      for (const { code, batches, sample } of refusals) {
        item.set(code, { code, batches: batches + (item.get(code)?.batches ?? 0), sample });
      }
    },
    read: async (site, date) =>
      [...(items.get(`${site}|${date}`)?.values() ?? [])].map((one) => ({ ...one })).sort(mostFirst),
  };
}
