/**
 * From which page to which one visitor went. All views are kept, and each is asked anew where it came from whenever another has come;
 * what is too old for that (see `isOpen`) stays as it was last told, and nothing is put right before it any more.
 */
import { transitionKey } from '../../../functions/contract/counter.ts';
import { kind } from '../../../functions/contract/event.ts';
import type { Books } from './additive.ts';
import type { Happening } from './happening.ts';

interface View {
  happening: Happening;
  /** The page that it is counted to come from. */
  from: string | null;
  isOpen: boolean;
}

/** Open are the last 40 views of a session, and of those over two minutes before the newest only the last four. */
const openMax = 40;
const oldOpenMax = 4;
const oldMs = 120_000;
/** A load's view is forgotten by its next one, this many days later. */
const rememberedDays = 2;
/** The browser took the page out of its cache. */
const restored = 5;

export class Transitions {
  /** Of the session at hand, by the clock. */
  #session: View[] = [];
  /** Of each load, in the order in which it made them. */
  readonly #loads = new Map<string, View[]>();

  constructor(private readonly books: Books) {}

  begin(): void {
    for (const view of this.#session) view.isOpen = false;
    this.#session = [];
  }
  forget(load: string): void {
    this.#loads.delete(load);
  }

  take(happening: Happening): void {
    const view: View = { happening, from: null, isOpen: true };
    const { load } = happening.record;
    const session = [...this.#session, view].sort(byClock);
    const known = (this.#loads.get(load) ?? []).filter((one) => dayOf(view) - dayOf(one) <= rememberedDays);
    const own = [...known, view];
    own.sort((one, other) => one.happening.order - other.happening.order);
    if ([session, own].some((views) => views[views.indexOf(view) + 1]?.isOpen === false)) return;
    // One that would be closed at once closes none.
    if (toClose(session).includes(view)) return;
    for (const one of toClose(session)) one.isOpen = false;
    this.#session = session;
    this.#loads.set(load, own);
    for (const one of session) if (one.isOpen) this.#ask(one);
  }

  #ask(view: View): void {
    const from = this.#before(view)?.happening.named.id ?? null;
    if (from === view.from) return;
    this.#count(view, -1);
    view.from = from;
    this.#count(view, 1);
  }

  #before(view: View): View | undefined {
    const { record, event } = view.happening;
    const isRestored = event[0] === kind.view && event[3] === restored;
    const own = this.#loads.get(record.load) ?? [];
    const before = isRestored ? undefined : own[own.indexOf(view) - 1];
    if (before) return before;
    const earlier = this.#session.slice(0, this.#session.indexOf(view));
    return earlier.findLast(({ happening }) => isRestored || happening.record.load !== record.load);
  }

  #count({ from, happening: { day, named } }: View, side: 1 | -1): void {
    const { epoch, site, ledger } = this.books;
    if (from !== null) ledger.add(transitionKey(epoch, site, day, from, named.id), 'made', side);
  }
}

function toClose(session: View[]): View[] {
  const newest = session.at(-1)?.happening.at ?? 0;
  const isOld = ({ happening }: View) => happening.at < newest - oldMs;
  return session.filter((view, index) => {
    const after = session.length - index;
    return after > openMax || (after > oldOpenMax && isOld(view));
  });
}

/** Of two views of one instant any order will do that does not hang on which came first. */
function byClock({ happening: one }: View, { happening: other }: View): number {
  const [load, otherLoad] = [one.record.load.slice(-8), other.record.load.slice(-8)];
  return one.at - other.at || (load === otherLoad ? one.order - other.order : load < otherLoad ? -1 : 1);
}

/** Whole days since the epoch. */
function dayOf({ happening }: View): number {
  return Math.floor(happening.at / 86_400_000);
}
