/** Who is here: where each load of a visitor, and its session, stood after each of its records. */
import { liveKey } from '../../../functions/contract/counter.ts';
import { kind } from '../../../functions/contract/event.ts';
import type { Books } from './additive.ts';
import type { Happening } from './happening.ts';
import { presentName } from './ledger.ts';

const windowMs = 5_000;
const windows = 10;

/** A page in a five-second window. */
interface Spot {
  pageId: string;
  window: number;
}
interface Load {
  happenings: Happening[];
  /** Where it stood after its last record; null: hidden, gone, or silent for too long by then. */
  spot: Spot | null;
}

const goes: readonly number[] = [kind.hide, kind.leave];
const shows: readonly number[] = [kind.view, kind.show, kind.heartbeat];
const touches: readonly number[] = [kind.click, kind.rage];

export class Presence {
  /** Last heard of last. */
  readonly #loads = new Map<string, Load>();
  #session: Spot | null = null;

  constructor(private readonly books: Books) {}

  forget(load: string): void {
    this.#loads.delete(load);
  }

  take(load: string, happenings: Happening[], receivedAt: number): void {
    const now = Math.floor(receivedAt / windowMs);
    const known = this.#loads.get(load) ?? { happenings: [], spot: null };
    this.#loads.delete(load);
    this.#loads.set(load, known);
    known.happenings.push(...happenings);
    const before = known.spot;
    known.spot = spotOf(known.happenings, now);
    this.#move((pageId) => pageId, before, known.spot, now);
    const session = newest([...this.#loads.values()], now);
    this.#move(() => null, this.#session, session, now);
    this.#session = session;
  }

  /** Whether a page of the visitor's was visible after their last record. */
  get isHere(): boolean {
    return this.#session !== null;
  }

  /** Where its loads and its session are seen at an instant, as everybody reads it. */
  at(asOf: number): { pages: string[]; isActive: boolean } {
    const now = Math.floor(asOf / windowMs);
    const seen = [...this.#loads.values()].flatMap(({ spot }) => (spot && isRecent(spot, now) ? [spot.pageId] : []));
    return { pages: seen, isActive: this.#session !== null && isRecent(this.#session, now) };
  }

  #move(who: (pageId: string) => string | null, from: Spot | null, to: Spot | null, now: number): void {
    if (from?.pageId === to?.pageId && from?.window === to?.window) return;
    // A window that nobody looks at any more is left as it was.
    if (from && isRecent(from, now)) this.#put(who(from.pageId), from, -1);
    if (to) this.#put(who(to.pageId), to, 1);
  }

  #put(pageId: string | null, spot: Spot, side: 1 | -1): void {
    const { epoch, site, ledger } = this.books;
    const minute = Math.floor((spot.window * windowMs) / 60_000);
    ledger.add(liveKey(epoch, site, minute, spot.pageId), presentName(pageId, spot.window % 12), side);
  }
}

function isRecent({ window }: Spot, now: number): boolean {
  return now - window < windows;
}

/** From all that is known of a load, in whatever order it came. */
function spotOf(happenings: Happening[], now: number): Spot | null {
  let decided: Happening | null = null;
  let shown: Happening | null = null;
  let heard: Happening | null = null;
  let window = 0;
  for (const happening of happenings) {
    const what = happening.event[0];
    const decides = goes.includes(what) || shows.includes(what) || touches.includes(what);
    if (decides && happening.order > (decided?.order ?? -1)) decided = happening;
    if (goes.includes(what)) continue;
    if (shows.includes(what) && happening.order > (shown?.order ?? -1)) shown = happening;
    heard ??= happening;
    window = Math.max(window, Math.floor(happening.at / windowMs));
  }
  const pageId = (shown ?? heard)?.named.id;
  const isVisible = decided === null || !goes.includes(decided.event[0]);
  const spot = pageId !== undefined && { pageId, window };
  return spot && isVisible && isRecent(spot, now) ? spot : null;
}

/** A session stands with the visible load that was last alive; of several, with the one last heard of. */
function newest(loads: Load[], now: number): Spot | null {
  let found: Spot | null = null;
  for (const { spot } of loads) {
    if (spot && isRecent(spot, now) && spot.window >= (found?.window ?? 0)) found = spot;
  }
  return found;
}
