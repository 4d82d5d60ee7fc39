import type { CapturePlan, PlanStore } from './plan-store.ts';

export function memoryPlanStore(): PlanStore {
  const plans = new Map<string, CapturePlan>();
  return {
    get: async (site) => structuredClone(plans.get(site) ?? null),
    async put(site, plan) {
      plans.set(site, structuredClone(plan));
    },
  };
}
