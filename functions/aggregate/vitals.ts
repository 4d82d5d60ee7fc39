/** Web Vitals: loads by bucket, of the page that the load began on, per device class. */
import { vitalName } from '../contract/counter.ts';
import { kind } from '../contract/event.ts';
import { vitalBucket, vitals } from '../contract/vital.ts';
import type { Facts } from './facts.ts';
import type { Increments } from './increments.ts';

export function addVitals(facts: Facts, increments: Increments): void {
  for (const { event, counted, page } of facts.events) {
    if (event[0] !== kind.vitals || !counted || !page) continue;
    const [, , , ...values] = event;
    for (const [index, vital] of vitals.entries()) {
      const value = values[index] ?? null;
      if (value !== null) increments.add(counted.key, vitalName(page.device, vital, vitalBucket(vital, value)));
    }
  }
}
