/** Presence: sessions, and visible loads per page, that arrived in a live window or left it. */
import { pageWindowName, sessionWindowName, windowMs } from '../contract/counter.ts';
import { minuteOf } from '../contract/time-unit.ts';
import type { Facts } from './facts.ts';
import type { Increments } from './increments.ts';
import { addLive } from './live-item.ts';

export function addPresence(facts: Facts, increments: Increments): void {
  for (const { who, side, place } of facts.presence) {
    const { window, pageId } = place;
    const name = who === 'session' ? sessionWindowName(side, window) : pageWindowName(pageId, side, window);
    addLive(increments, facts, minuteOf(window * windowMs), pageId, name);
  }
}
