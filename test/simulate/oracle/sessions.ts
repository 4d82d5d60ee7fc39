/** One visitor's sessions: activity without a gap of over 30 min, of a day at most, where it was entered, where it was left, whether it bounced; and their own items. */
import { hourKey, type ItemKey, seriesName } from '../../../functions/contract/counter.ts';
import { kind } from '../../../functions/contract/event.ts';
import type { SiteConfig } from '../../../functions/contract/site.ts';
import type { Books } from './additive.ts';
import { BeforeLeaving } from './before-leaving.ts';
import { Goals } from './goals.ts';
import type { Happening } from './happening.ts';
import { SessionItem } from './session-item.ts';
import type { Transitions } from './transitions.ts';
import { entryOf, exitOf, isBefore } from './view-order.ts';

const gapMs = 30 * 60_000;
const dayMs = 86_400_000;
/** What a page tells of itself as it goes begins no session. */
const tells: readonly number[] = [kind.hide, kind.leave, kind.bands, kind.engaged, kind.paneBands, kind.vitals];

interface Session {
  from: number;
  to: number;
  day: string;
  hourItem: ItemKey;
  views: Happening[];
  item: SessionItem;
  before: BeforeLeaving;
}

export class Sessions {
  #now: Session | null = null;
  readonly #goals: Goals;
  /** What the record at hand tells of. */
  #told = new Map<SessionItem, Session>();

  constructor(
    private readonly books: Books,
    private readonly transitions: Transitions,
  ) {
    this.#goals = new Goals(books);
  }

  /** A record's happenings, under its configuration. An event from before the session at hand belongs to none that is still open. */
  take(happenings: Happening[], config: SiteConfig): void {
    this.#told = new Map();
    const inTime = [...happenings].sort((one, other) => one.at - other.at || one.order - other.order);
    for (const happening of inTime) {
      const { at, day, hour, event } = happening;
      let session = this.#now;
      if (session && (at < session.from - gapMs || session.to - at >= dayMs)) {
        this.#goals.take(happening, config, null, isBefore);
        continue;
      }
      const isPaused = !session || at > session.to + gapMs;
      if (!session || isPaused || isCut(session, happening)) {
        if (tells.includes(event[0])) continue;
        // It must not look as if there were two.
        if (session && !isPaused) this.#told.set(session.item, session);
        const { epoch, site, ledger } = this.books;
        const item = new SessionItem();
        session = {
          from: at,
          to: at,
          day,
          hourItem: hourKey(epoch, site, day, hour),
          views: [],
          item,
          before: new BeforeLeaving(this.books),
        };
        ledger.add(session.hourItem, seriesName.sessions);
        this.#now = session;
        this.transitions.begin();
      }
      session.from = Math.min(session.from, at);
      session.to = Math.max(session.to, at);
      session.item.take(happening);
      this.#told.set(session.item, session);
      if (event[0] === kind.view) {
        this.#view(session, happening);
        this.transitions.take(happening);
      }
      session.before.take(happening);
      this.#goals.take(happening, config, session, isBefore);
    }
  }

  /** When the record has moved its visitor's presence, too. */
  tell(isHere: boolean): void {
    for (const [item, { before }] of this.#told) item.tell(isHere && item === this.#now?.item, before.met, this.books);
  }

  /** The session as it was is taken out of the books, and as it is now put in. */
  #view(session: Session, view: Happening): void {
    this.#enter(session, -1);
    session.views.push(view);
    this.#enter(session, 1);
    const [first, ...others] = session.views;
    if (first) session.before.leaveBy(exitOf(first, others));
  }

  #enter({ views, hourItem }: Session, side: 1 | -1): void {
    const { ledger } = this.books;
    const [first, ...others] = views;
    if (!first) return;
    if (others.length === 0) ledger.add(hourItem, 'bounces', side);
    // Compared in the order in which they came, because two orders (clock, number) need not agree for three views.
    const entry = entryOf(first, others);
    const exit = exitOf(first, others);
    ledger.add(entry.named.key, 'entries', side);
    ledger.add(exit.named.key, 'exits', side);
  }
}

/** After half a day at midnight, after a day at once. */
function isCut(session: Session, { at, day }: Happening): boolean {
  const age = at - session.from;
  return age >= dayMs || (age >= dayMs / 2 && session.day < day);
}
