/**
 * Who is here now: whether a load is visible, on which page, and when it last gave a sign of life; and, of a visitor's visible
 * loads, which one its session stands by. What moves is taken back where it was put, within the ten live windows.
 */
import { windowOf, windowsActive } from '../contract/counter.ts';
import { kind, type PulseEvent } from '../contract/event.ts';
import type { LoadState, Place, VisitorState } from './visitor-state.ts';

/** One step of somebody's presence: a session, or a load on its page. */
export interface PresenceMove {
  who: 'session' | 'load';
  side: 'A' | 'L';
  place: Place;
}

/** An event of the load at hand, with what orders it and the id of its page ('' where it has none). */
export interface LoadEvent {
  event: PulseEvent;
  at: number;
  order: number;
  pageId: string;
}

/** Moves the load, which must be the last of the draft's loads, and the session with it. */
export function movePresence(
  draft: VisitorState,
  load: LoadState,
  events: LoadEvent[],
  receivedAt: number,
): PresenceMove[] {
  const now = windowOf(receivedAt);
  const loadBefore = load.placed ? placeOf(load) : null;
  for (const event of events) observe(load, event);
  load.placed = load.visible && load.pageId !== '' && isActive(load.sign, now);
  const moves = movesBetween('load', loadBefore, load.placed ? placeOf(load) : null, now);

  const sessionBefore = draft.presence;
  draft.presence = newestPlace(draft.loads, now);
  moves.push(...movesBetween('session', sessionBefore, draft.presence, now));
  return moves;
}

/**
 * Order within a load is by batch number and place, not by time: batches are delayed differently on their way. What a page sends
 * as it hides (time in view, a hover that ended) comes after the hiding and must not make it visible again.
 */
function observe(load: LoadState, { event, at, order, pageId }: LoadEvent): void {
  const [what] = event;
  const isGoing = what === kind.hide || what === kind.leave;
  const isShown = what === kind.view || what === kind.show || what === kind.heartbeat;
  if ((isGoing || isShown || what === kind.click || what === kind.rage) && order > load.visibleOrder) {
    load.visible = !isGoing;
    load.visibleOrder = order;
  }
  if (isGoing) return;
  if (pageId !== '' && (isShown ? order > load.pageOrder : load.pageId === '')) {
    load.pageId = pageId;
    load.pageOrder = isShown ? order : -1;
  }
  load.sign = Math.max(load.sign, windowOf(at));
}

/** Where the newest of the visible loads stands; of several in one window, the one last heard of. */
function newestPlace(loads: LoadState[], now: number): Place | null {
  let newest: LoadState | null = null;
  for (const load of loads) {
    if (load.placed && isActive(load.sign, now) && load.sign >= (newest?.sign ?? 0)) newest = load;
  }
  return newest && placeOf(newest);
}

/** A window that no reader sums any more is left as it is: taking back there would be a write for nothing. */
function movesBetween(who: PresenceMove['who'], from: Place | null, to: Place | null, now: number): PresenceMove[] {
  if (from && to && from.window === to.window && from.pageId === to.pageId) return [];
  const moves: PresenceMove[] = [];
  if (from && isActive(from.window, now)) moves.push({ who, side: 'L', place: from });
  if (to) moves.push({ who, side: 'A', place: to });
  return moves;
}

function isActive(window: number, now: number): boolean {
  return now - window < windowsActive;
}
function placeOf({ sign, pageId }: LoadState): Place {
  return { window: sign, pageId };
}
