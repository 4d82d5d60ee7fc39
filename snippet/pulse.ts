import { type Accepted, kind, type PulseEvent, type WirePage } from '../functions/contract/event.ts';
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
  /** Collects for the page before, then counts a view of `page`. */
  view(page: WirePage, navigation: number): void;
  /** The same page at another viewport: later events belong to this entry. */
  turn(page: WirePage): void;
  /** Time and index are filled in here; write 0 for them. Before the first view nothing is taken. */
  add(event: PulseEvent, element?: SeenElement): void;
  /** `run` is called before each batch closes and each page ends: add there what was summed up. */
  collect(run: () => void): void;
  /** There is something to collect: send as soon as movement may be. */
  wake(): void;
  /** A person did something. */
  touch(): void;
  /** Closes and sends by beacon. */
  hide(why: typeof kind.hide | typeof kind.leave): void;
  show(): void;
  isVisible(): boolean;
  /** Nothing more leaves this load. */
  stop(): void;
}

export function createPulse(head: Head, door: Door): Pulse {
  const collectors: (() => void)[] = [];
  let batch = createBatch();
  let number = 0;
  let page: WirePage | undefined;
  let isVisible = true;
  let watch: Accepted = { watched: false, everyMs: 0 };
  let touchedAt = door.now();
  let closedAt = 0;
  let dueAt = Infinity;
  let timer: unknown;

  const sender = createSender(door, (accepted) => {
    watch = accepted || watch;
    if (watch.watched && batch.newestAt()) wake();
    if (dueAt <= door.now()) fire();
  });

  function wake(ms = watch.watched ? watch.everyMs : restMs) {
    const at = door.now() + ms;
    if (at >= dueAt) return;
    door.cancel(timer);
    dueAt = at;
    timer = door.later(fire, ms);
  }

  /** Sends what is there. While an earlier batch is unanswered the open one stays open; its answer calls here again. */
  function fire() {
    if (sender.unsettled()) return;
    dueAt = Infinity;
    const now = door.now();
    const isDue = batch.newestAt() || now - closedAt >= restMs - mergeMs;
    if (isVisible && isDue && now - touchedAt < idleMs) add([kind.heartbeat, 0, 0]);
    collectAll();
    close(sender.send);
    if (isVisible) wake(restMs);
  }

  function close(send: (content: string) => void) {
    if (!batch.newestAt()) return;
    closedAt = door.now();
    const content = batch.close(head, number++, closedAt);
    batch = createBatch();
    send(content);
  }

  function add(event: PulseEvent, element?: SeenElement) {
    if (!page) return;
    const at = door.now();
    if (!batch.add(event, at, page, element)) {
      // The batch is full. Behind 32 unsettled ones it stays, and what no longer fits is lost.
      if (sender.unsettled() >= unsettledMax) return;
      close(sender.send);
      batch.add(event, at, page, element);
    }
    const what = event[0];
    const isPresence = what === kind.view || (what >= kind.hide && what <= kind.leave);
    const isDeed = what < kind.move || what > kind.leave;
    if (isPresence || (isDeed && watch.watched)) wake(mergeMs);
    else if (isDeed || what < kind.reach) wake();
  }

  function collectAll() {
    for (const run of collectors) run();
  }

  function turn(next?: WirePage) {
    collectAll();
    page = next;
  }

  return {
    view(next, navigation) {
      turn(next);
      add([kind.view, 0, 0, navigation]);
    },
    turn,
    add,
    collect: (run) => collectors.push(run),
    wake: () => wake(),
    touch() {
      touchedAt = door.now();
    },
    hide(why) {
      collectAll();
      isVisible = false;
      add([why, 0, 0]);
      door.cancel(timer);
      dueAt = Infinity;
      close(sender.beacon);
    },
    show() {
      isVisible = true;
      touchedAt = door.now();
      add([kind.show, 0, 0]);
    },
    isVisible: () => isVisible,
    stop() {
      // Without a page nothing is taken any more.
      turn();
      batch = createBatch();
      sender.stop();
    },
  };
}
