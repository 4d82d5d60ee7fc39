/** Funnels: how many sessions have reached each step, in order. */
import { funnelKey, stepName } from '../contract/counter.ts';
import type { Facts } from './facts.ts';
import type { Increments } from './increments.ts';

export function addFunnels({ epoch, record, reached }: Facts, increments: Increments): void {
  for (const { funnel, step, day } of reached.funnels) {
    increments.add(funnelKey(epoch, record.site, day, funnel), stepName(step));
  }
}
