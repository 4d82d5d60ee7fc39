import { addUsage, type Usage } from '../contract/usage.ts';
import type { UsageStore } from './usage-store.ts';

/** Usage in this process's memory. */
export function memoryUsageStore(): UsageStore {
  const sites = new Map<string, Map<string, Usage>>();
  return {
    async add(site, date, usage) {
      const dates = sites.get(site) ?? new Map<string, Usage>();
      sites.set(site, dates);
      const sum = addUsage(dates.get(date) ?? {}, usage);
      if (Object.keys(sum).length > 0) dates.set(date, sum);
    },
    read: async (site, first, last) =>
      [...(sites.get(site) ?? [])]
        .filter(([date]) => date >= first && date <= last)
        .sort(([one], [other]) => (one < other ? -1 : 1))
        .map(([date, usage]) => ({ date, usage: { ...usage } })),
  };
}
