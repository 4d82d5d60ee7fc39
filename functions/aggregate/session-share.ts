/** What a record tells of each session that events of it fall into: nearly always one. */
import { sessionGapMaxMs } from '../contract/counter.ts';
import type { EventFact } from './facts.ts';
import { type OrderedView, sameView } from './session.ts';
import type { Session, VisitorState } from './visitor-state.ts';

export interface SessionShare {
  /** Names the session, with its visitor. */
  day: string;
  firstStart: number;
  /** The hour item where the session stands. */
  hour: number;
  /** Nothing was told of it before. */
  isNew: boolean;
  /** In order of time. */
  events: EventFact[];
  /** By how much its start moved back, ms. */
  earlierMs: number;
  /** By how much it grew: with heartbeats, and without them, for whom no further item is written. */
  grewMs: number;
  doneMs: number;
  /** The view that it is entered or left by from now on; null: as before. */
  entered: EventFact | null;
  exited: EventFact | null;
  /** What was met in the view that it would be left by, as bits; null: as before. */
  signals: number | null;
  /** Whether a page of it has become visible, or none is any more; null: as before. */
  turned: 'shown' | 'unshown' | null;
}

interface OpenShare extends Pick<SessionShare, 'events' | 'entered' | 'exited'> {
  session: Session;
  /** As it was before the record; null: nothing was told of it. */
  before: Session | null;
}

/** Gathers the shares of one record while its events join the draft's session, one by one in order of time. */
export class SessionShares {
  readonly #open: OpenShare[] = [];
  readonly #held: Session | null;
  readonly #before: Session | null;

  constructor(private readonly draft: Pick<VisitorState, 'session' | 'presence'>) {
    this.#held = draft.session;
    this.#before = draft.session && { ...draft.session };
  }

  /** `fact` has joined the draft's session just now, unless it belongs to none that is known. */
  take(fact: EventFact, view: OrderedView | null): void {
    const { session } = this.draft;
    if (!session || fact.at < session.start || fact.at > session.last) return;
    const share = this.#shareOf(session);
    share.events.push(fact);
    if (view && sameView(session.entry, view)) share.entered = fact;
    if (view && sameView(session.exit, view)) share.exited = fact;
  }

  #shareOf(session: Session): OpenShare {
    const known = this.#open.at(-1);
    if (known?.session === session) return known;
    if (!known) this.#endHeld(session);
    // A session that goes on keeps the name by which it was first told of.
    const before = session.firstStart === null ? null : this.#before;
    const share: OpenShare = { session, before, events: [], entered: null, exited: null };
    this.#open.push(share);
    return share;
  }

  /** What was cut without a pause must not look like another that is still there; after a pause, it does not. */
  #endHeld(next: Session): void {
    const held = this.#held;
    if (!held?.shown || held === next || next.start > held.last + sessionGapMaxMs) return;
    this.#open.push({ session: held, before: this.#before, events: [], entered: null, exited: null });
  }

  /** What is to be told, when presence has moved, too; the draft's sessions remember that it was. */
  close(): SessionShare[] {
    return this.#open.map((share) =>
      closed(share, share.session === this.draft.session && this.draft.presence !== null),
    );
  }
}

function closed({ session, before, events, entered, exited }: OpenShare, isShown: boolean): SessionShare {
  const { day, hour, start, last } = session;
  const isNew = before === null;
  session.firstStart ??= start;
  const turned = isShown === session.shown ? null : isShown ? 'shown' : 'unshown';
  session.shown = isShown;
  const signals = session.exit?.signals ?? 0;
  return {
    day,
    hour,
    firstStart: session.firstStart,
    isNew,
    events,
    earlierMs: before ? before.start - start : 0,
    grewMs: last - start - (before ? before.last - before.start : 0),
    doneMs: doneMsOf(session) - (before ? doneMsOf(before) : 0),
    entered,
    exited,
    signals: signals === (before?.exit?.signals ?? 0) ? null : signals,
    turned,
  };
}

function doneMsOf({ start, doneAt }: Session): number {
  return doneAt === 0 ? 0 : doneAt - start;
}
