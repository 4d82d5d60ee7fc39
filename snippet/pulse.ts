import { type Accepted, kind, type PulseEvent, type WirePage } from '../functions/contract/event.ts';
import { createBatch, type Identity, type SeenElement } from './batch.ts';
import { createSender, type Door } from './send.ts';

/** Events that come within this time leave in one request. */
export const mergeMs = 50;
/** How long anything waits that nobody looks at, and how often a visible page says that it is there. */
export const restMs = 30_000;
/** A page that nobody touched for so long no longer says that it is there. */
export const idleMs = 30 * 60_000;
/** An event this fresh is a sign of life by itself. */
const freshMs = 1_000;

/** One load's events on their way out: what is sent when. It knows no DOM: the simulated visitors use it as it is. */
export interface Pulse {
  /** The page that events belong to now; undefined before the first view. */
  page(): WirePage | undefined;
  /** Collects for the page before, then counts a view of `page`. */
  view(page: WirePage, navigation: number): void;
  /** The same page at another viewport: later events belong to this entry. */
  turn(page: WirePage): void;
  /** Time and index are filled in here; write 0 for them. Before the first view nothing is taken. */
  add(event: PulseEvent, element?: SeenElement): void;
  /** Is called before each batch closes and each page ends: add here what was summed up. */
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

export function createPulse(identity: Identity, door: Door): Pulse {
  const collectors: (() => void)[] = [];
  let batch = createBatch();
  let number = 0;
  let page: WirePage | undefined;
  let isVisible = true;
  let isStopped = false;
  let watch: Accepted = { watched: false, everyMs: restMs };
  let touchedAt = door.now();
  let closedAt = 0;
  let dueAt = Infinity;
  let timer: unknown;

  const sender = createSender(door, (accepted) => {
    const wasWatched = watch.watched;
    watch = accepted || watch;
    if (watch.watched && !wasWatched && batch.newestAt()) wake(mergeMs);
    if (dueAt <= door.now()) fire();
  });

  function wake(ms: number) {
    const at = door.now() + ms;
    if (at >= dueAt || isStopped) return;
    door.cancel(timer);
    dueAt = at;
    timer = door.later(fire, ms);
  }

  /** Sends what is there. While an earlier batch is unanswered the open one stays open; its answer calls here again. */
  function fire() {
    if (!sender.isIdle() || isStopped) return;
    dueAt = Infinity;
    const now = door.now();
    const newestAt = batch.newestAt();
    const isDue = newestAt || now - closedAt >= restMs - mergeMs;
    if (isVisible && isDue && now - newestAt > freshMs && now - touchedAt < idleMs) add([kind.heartbeat, 0, 0]);
    collectAll();
    if (batch.newestAt()) sender.send(close());
    if (isVisible) wake(restMs);
  }

  function close() {
    closedAt = door.now();
    const content = batch.close(identity, number++, closedAt);
    batch = createBatch();
    return content;
  }

  function add(event: PulseEvent, element?: SeenElement) {
    if (!page || isStopped) return;
    const at = door.now();
    if (!batch.add(event, at, page, element)) {
      // The batch is full. Behind 32 unsettled ones it stays, and what no longer fits is lost.
      if (sender.isFull()) return;
      sender.send(close());
      batch.add(event, at, page, element);
    }
    const what = event[0];
    if (what === kind.view || (what >= kind.hide && what <= kind.leave)) wake(mergeMs);
    else if (what < kind.move || what > kind.leave) wake(watch.watched ? mergeMs : restMs);
    else if (what < kind.reach) wake(watch.watched ? watch.everyMs : restMs);
  }

  function collectAll() {
    for (const run of collectors) run();
  }

  return {
    page: () => page,
    view(next, navigation) {
      collectAll();
      page = next;
      add([kind.view, 0, 0, navigation]);
    },
    turn(next) {
      collectAll();
      page = next;
    },
    add,
    collect: (run) => collectors.push(run),
    wake: () => wake(watch.watched ? watch.everyMs : restMs),
    touch() {
      const wasIdle = door.now() - touchedAt > idleMs;
      touchedAt = door.now();
      if (wasIdle) wake(mergeMs);
    },
    hide(why) {
      collectAll();
      isVisible = false;
      add([why, 0, 0]);
      door.cancel(timer);
      dueAt = Infinity;
      if (batch.newestAt()) sender.beacon(close());
    },
    show() {
      isVisible = true;
      touchedAt = door.now();
      add([kind.show, 0, 0]);
    },
    isVisible: () => isVisible,
    stop() {
      isStopped = true;
      batch = createBatch();
      door.cancel(timer);
      sender.stop();
    },
  };
}
