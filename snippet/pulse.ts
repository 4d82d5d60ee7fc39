import { kind, type PulseEvent, type WirePage } from '../functions/contract/event.ts';
import { createBatch, type Head, type SeenElement } from './batch.ts';
import { createSender, type Door, unsettledMax } from './send.ts';

/** Events that come within this time leave in one request. */
export const mergeMs = 50;
/** How long anything waits that nobody looks at, and how often a visible page says that it is there. */
export const restMs = 30_000;
/** A page that nobody touched for so long no longer says that it is there. */
export const idleMs = 30 * 60_000;

/** One load's events on their way out: what is sent when. It knows no DOM: the simulated visitors use it as it is. */
export interface Pulse {
  /** The page that events belong to. Before the first view there is none, and nothing is taken. */
  current(): WirePage | undefined;
  /** Collects for the page before, then counts a view of `page`. */
  view(page: WirePage, navigation: number): void;
  /** The same page at another viewport: later events belong to this entry. */
  turn(page: WirePage): void;
  /** Time and index are filled in here; write 0 for them. `of`: the page that it belongs to, if not the one of now. */
  add(event: PulseEvent, element?: SeenElement, of?: WirePage): void;
  /** `run` is called before each batch closes and each page ends: it adds what was summed up. There is one. */
  collect(run: () => void): void;
  /** There is something to collect: send as soon as movement may be. */
  wake(): void;
  /** A person did something. */
  touch(): void;
  touchedAt(): number;
  /** Collects, closes and sends by beacon. */
  hide(why: typeof kind.hide | typeof kind.leave): void;
  show(): void;
  isVisible(): boolean;
  /** Nothing more leaves this load. */
  stop(): void;
}

export function createPulse(head: Head, door: Door): Pulse {
  let batch = createBatch();
  let collect = () => {};
  let page: WirePage | undefined;
  let isVisible = true;
  let isStopped = false;
  /** Before anybody did anything, or a page was viewed: 0. */
  let touchedAt = 0;
  let number = 0;
  /** How often movement is sent; `restMs` while nobody looks. */
  let paceMs = restMs;
  let dueAt = Infinity;
  let timer: unknown;

  const { send, beacon, unsettled } = createSender(door, (accepted) => {
    if (accepted) paceMs = accepted.watched ? accepted.everyMs : restMs;
    // What waited while nobody looked may be urgent now.
    if (batch.events[0]) wake(batch.events.some(isUrgent) ? mergeMs : paceMs);
    if (dueAt <= door.now()) fire();
  });

  function wake(ms = paceMs) {
    if (door.now() + ms >= dueAt) return;
    door.cancel(timer);
    dueAt = door.now() + ms;
    timer = door.later(fire, ms);
  }

  /** Sends what is there. While an earlier batch is unanswered the open one stays open; its answer calls here again. */
  function fire() {
    if (unsettled[0]) return;
    if (isVisible && door.now() - touchedAt < idleMs) add([kind.heartbeat, 0, 0]);
    collect();
    close(send);
    if (isVisible) wake(restMs);
  }

  function close(by: (content: string) => void) {
    door.cancel(timer);
    dueAt = Infinity;
    if (!batch.events[0]) return;
    const content = batch.close(head, number++, door.now());
    batch = createBatch();
    by(content);
  }

  /** Presence goes at once; while somebody looks, so does what people do. Movement, and what was summed up, rides along. */
  function isUrgent([what]: PulseEvent) {
    const isWatched = paceMs < restMs;
    return what < (isWatched ? kind.move : kind.click) || (what >= kind.hide && (isWatched || what <= kind.leave));
  }

  function add(event: PulseEvent, element?: SeenElement, of = page) {
    if (!page) return;
    if (batch.add(event, door.now(), of as WirePage, element)) {
      wake(isUrgent(event) ? mergeMs : paceMs);
    } else if (batch.events[0] && unsettled.length < unsettledMax) {
      // The batch is full. Behind 32 unsettled ones it stays, and what no longer fits is lost.
      close(send);
      add(event, element, of);
    }
  }

  function turn(next: WirePage) {
    collect();
    if (!isStopped) page = next;
  }

  return {
    current: () => page,
    view(next, navigation) {
      turn(next);
      // Somebody came for it, however long it took, or had been made ready before.
      touchedAt ||= door.now();
      add([kind.view, 0, 0, navigation]);
    },
    turn,
    add,
    collect(run) {
      const before = collect;
      collect = () => {
        before();
        run();
      };
    },
    wake,
    touch() {
      touchedAt = door.now();
    },
    touchedAt: () => touchedAt,
    hide(why) {
      collect();
      isVisible = false;
      add([why, 0, 0]);
      close(beacon);
    },
    show() {
      collect();
      isVisible = true;
      touchedAt = door.now();
      add([kind.show, 0, 0]);
    },
    isVisible: () => isVisible,
    stop() {
      // Without a page nothing is taken, and there will be no other.
      isStopped = true;
      page = undefined;
      batch = createBatch();
      unsettled.length = 0;
    },
  };
}
