import { liveKey } from '../contract/counter.ts';
import type { Facts } from './facts.ts';
import type { Increments } from './increments.ts';

/** Adds to a page's live item of a minute, and says with it how far the stream had come. */
export function addLive(increments: Increments, facts: Facts, minute: number, pageId: string, name: string): void {
  const key = liveKey(facts.epoch, facts.record.site, minute, pageId);
  increments.add(key, name);
  increments.text(key, 'at', String(facts.record.receivedAt));
}
