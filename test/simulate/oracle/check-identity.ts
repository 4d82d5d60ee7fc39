import type { Identified } from '../ingest-fleet.ts';
import { localTime } from './local-time.ts';

/**
 * Whom ingest took each sender for: the same address and browser are one visitor on one local day of the site, and another on any
 * other; and whoever brings a load's token is whom that token was sealed for.
 */
export function identityDifferences(identified: readonly Identified[]): string[] {
  const differences = new Set<string>();
  const visitorOf = new Map<string, string>();
  const senderOf = new Map<string, string>();
  const sealedFor = new Map<string, Set<string>>();
  for (const { load, visitor, byHash, address, userAgent, zone, at } of identified) {
    const { day } = localTime(at, zone);
    const sealed = sealedFor.get(load) ?? new Set();
    sealedFor.set(load, sealed);
    if (!byHash) {
      if (!sealed.has(visitor)) differences.add(`load ${load} became visitor ${visitor} by a token it was never given`);
      continue;
    }
    sealed.add(visitor);
    const sender = `${day} ${address} ${userAgent}`;
    const known = visitorOf.get(sender) ?? visitor;
    if (known !== visitor) differences.add(`${address} on ${day} is two visitors: ${known} and ${visitor}`);
    visitorOf.set(sender, visitor);
    const other = senderOf.get(visitor) ?? sender;
    if (other !== sender) differences.add(`visitor ${visitor} is two senders: ${other} and ${sender}`);
    senderOf.set(visitor, sender);
  }
  return [...differences];
}
