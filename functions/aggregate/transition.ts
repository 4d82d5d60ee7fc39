/** Transitions: from which page to which, and by which outbound links pages were left. */
import { outboundTarget, transitionKey, transitionName } from '../contract/counter.ts';
import { nameId } from '../contract/name-id.ts';
import type { Facts } from './facts.ts';
import type { Increments } from './increments.ts';

export function addTransitions({ epoch, record: { site }, steps, events }: Facts, increments: Increments): void {
  for (const { what, day, from, to } of steps) {
    increments.add(transitionKey(epoch, site, day, from, to), transitionName[what]);
  }
  for (const { counted, values } of events) {
    for (const { dimension, value } of values) {
      if (!counted || dimension !== 'outbound') continue;
      const to = outboundTarget(nameId(value));
      increments.add(transitionKey(epoch, site, counted.day, counted.id, to), transitionName.made);
    }
  }
}
