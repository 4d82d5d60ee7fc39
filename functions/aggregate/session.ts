/**
 * The visitor's session: activity with no gap over 30 min, of a day at most. What may have to be taken back (a bounce, an entry, an exit)
 * is a pair in the item where it was put, which the session remembers.
 */
import { sessionGapMaxMs, sessionMaxMs } from '../contract/counter.ts';
import { kind, type PulseEvent } from '../contract/event.ts';
import { hourMs } from '../contract/time-unit.ts';
import type { CountedPage } from './counted-name.ts';
import type { DatedEvent } from './dated-event.ts';
import { passSignals, type SignalFact } from './signal.ts';
import type { EventOrder, Session, SessionView, VisitorState } from './visitor-state.ts';

/** A session of so much ends with its day, where nobody ever pauses: a kiosk, a screen on a wall. */
const sessionLongMs = 12 * hourMs;

/** Something that a session does to the hour item where it stands. */
export interface SessionHourFact {
  what: 'sessions' | 'bounced' | 'unbounced';
  day: string;
  hour: number;
}
/** Something that a session does to a page item. */
export interface SessionPageFact {
  what: 'entered' | 'unentered' | 'exited' | 'unexited';
  day: string;
  pageId: string;
}
export type SessionFact = SessionHourFact | SessionPageFact | SignalFact;

/** A view with the last eight digits of the load that made it, and its order within that load. */
export interface OrderedView {
  load: string;
  order: number;
  page: CountedPage;
}

/**
 * Takes one event into the draft's session, in order of time within a record. An event from before the session changes nothing:
 * its own session is over, and what it did there can no longer be told.
 */
export function joinSession(draft: VisitorState, dated: DatedEvent, view: OrderedView | null): SessionFact[] {
  const facts: SessionFact[] = [];
  const { at } = dated;
  let session = draft.session;
  if (session && isBeforeSession(session, at)) return facts;
  if (!session || at > session.last + sessionGapMaxMs || isTooLong(session, dated)) {
    if (!isActivity(dated.event)) return facts;
    const { day, hour } = dated;
    session = newSession(at, day, hour);
    draft.session = session;
    facts.push({ what: 'sessions', day, hour });
  }
  session.start = Math.min(session.start, at);
  session.last = Math.max(session.last, at);
  if (dated.event[0] !== kind.heartbeat) session.doneAt = Math.max(session.doneAt, at);
  if (view) addView(session, at, view, facts);
  return facts;
}

/** Nor may it become too long by what comes late. */
function isBeforeSession({ start, last }: Session, at: number): boolean {
  return at < start - sessionGapMaxMs || at <= last - sessionMaxMs;
}

/**
 * Without a pause, a session ends as the first day does after twelve hours of it, and after a day at the latest. Midnight is what makes
 * this the same for whoever begins to read the records somewhere in between, as an audit does: whenever a session began, after two
 * midnights it is cut at each of them. By the age alone, each cut would hang on the one before, back to a start that nobody kept.
 */
function isTooLong({ start, day }: Session, dated: DatedEvent): boolean {
  const ms = dated.at - start;
  return ms >= sessionMaxMs || (ms >= sessionLongMs && dated.day > day);
}

function newSession(at: number, day: string, hour: number): Session {
  const empty = { pageViews: 0, entry: null, exit: null, goals: [], funnels: [], hits: [] };
  return { start: at, last: at, day, hour, ...empty, firstStart: null, doneAt: 0, shown: false };
}

const asItGoes: readonly number[] = [kind.hide, kind.leave, kind.bands, kind.engaged, kind.paneBands, kind.vitals];

/** What a page tells of itself as it goes (time in view, Web Vitals, hiding, leaving) ends a session, but starts none. */
function isActivity([what]: PulseEvent): boolean {
  return !asItGoes.includes(what);
}

function addView(session: Session, at: number, { load, order, page }: OrderedView, facts: SessionFact[]): void {
  const { day, hour } = session;
  session.pageViews += 1;
  if (session.pageViews === 1) facts.push({ what: 'bounced', day, hour });
  if (session.pageViews === 2) facts.push({ what: 'unbounced', day, hour });

  const view: SessionView = { at, load, order, day: page.day, pageId: page.id };
  if (!session.entry || isBefore(view, session.entry)) {
    facts.push(...moved(session.entry, view, 'unentered', 'entered'));
    session.entry = view;
  }
  if (!session.exit || isBefore(session.exit, view)) {
    facts.push(...moved(session.exit, view, 'unexited', 'exited'), ...(session.exit ? passSignals(session.exit) : []));
    session.exit = { ...view, signals: 0, engagedMs: 0 };
  }
}

/** Whether a session is entered or left by this very view. */
export function sameView(found: SessionView | null, { load, order }: OrderedView): boolean {
  return found?.load === load && found.order === order;
}

/** Two batches of one load reach us with different delays, so their events are ordered by number; loads only by the clock. */
export function isBefore(one: EventOrder, other: EventOrder): boolean {
  return one.load === other.load ? one.order < other.order : one.at < other.at;
}

function moved(
  from: SessionView | null,
  to: SessionView,
  takenBack: SessionPageFact['what'],
  put: SessionPageFact['what'],
): SessionPageFact[] {
  if (from && from.day === to.day && from.pageId === to.pageId) return [];
  const facts: SessionPageFact[] = [{ what: put, day: to.day, pageId: to.pageId }];
  if (from) facts.push({ what: takenBack, day: from.day, pageId: from.pageId });
  return facts;
}
