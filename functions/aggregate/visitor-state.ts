/**
 * What the fold remembers of one visitor. Everything in it follows from the visitor's records, in stream order, and nothing
 * else: the same records give the same state on every attempt. Times are ms since the epoch unless a name says otherwise.
 */

/** What is remembered for telling repeats is forgotten by age only: the oldest batch (24 h), the stream (24 h), and a day. */
export const rememberedMs = 72 * 3_600_000;
/** Events older than this before the newest receipt add to plain counters only: nobody can be a new visitor that late. */
export const visitorHorizonMs = 48 * 3_600_000;
/** Loads held in the state; the least recently active one beyond them is retired to its claim (see `retirement.ts`). */
export const loadsHeldMax = 12;
/** Characters of seen numbers held in a state, all loads together. */
export const seenCharactersMax = 600;
/** Pages and values remembered as counted today, a day and all days together; beyond them `visitors` per value is not counted. */
export const firstsPerDayMax = 64;
export const firstsHeldMax = 112;
export const stateBytesMax = 4096;

export interface VisitorState {
  /** Newest receipt among the records folded: the clock by which things are forgotten. */
  newest: number;
  session: Session | null;
  /** Where the visitor's session stands among the live windows. */
  presence: Place | null;
  /** Least recently active first. */
  loads: LoadState[];
  hours: SeenHour[];
  days: SeenDay[];
  /** The session's last views, oldest first (see `trail.ts`). */
  trail: TrailView[];
}

/** Activity with no gap over 30 min. */
export interface Session {
  start: number;
  last: number;
  /** By which its own item is named: its start when that item was begun. Null: nothing is told of it yet. */
  firstStart: number | null;
  /** Its newest event that is more than a heartbeat; 0: there was none. */
  doneAt: number;
  /** Whether its own item says that a page of it is visible. */
  shown: boolean;
  /** The hour item that holds its `sessions`, `bounced` and `unbounced`: pairs stay in one item. */
  day: string;
  hour: number;
  pageViews: number;
  entry: SessionView | null;
  exit: SessionExit | null;
  /** Ids of the goals that it has reached. */
  goals: readonly string[];
  /** See `funnel-progress.ts`. */
  funnels: readonly FunnelProgress[];
  hits: readonly StepHit[];
}

/** When something happened: see `isBefore`. */
export interface EventOrder {
  at: number;
  /** The last eight digits of its load, and its order there: events of one load are ordered by number, not by clock. */
  load: string;
  order: number;
}

/** `settled`: how many steps of a funnel were reached by what came before the session's `hits`. */
export interface FunnelProgress {
  id: string;
  settled: number;
}
/** An event that was a step of funnels: by their ids, which steps, as bits. */
export interface StepHit extends EventOrder {
  steps: Readonly<Record<string, number>>;
}

/** A page view that a session was entered or left by. */
export interface SessionView extends EventOrder {
  /** The page item that holds the pair. */
  day: string;
  pageId: string;
}

/** The one that it would be left by, and what was met in it (see `signal.ts`). */
export interface SessionExit extends SessionView {
  /** As bits. */
  signals: number;
  /** Visible and active time so far, as long as it is not enough to be a signal. */
  engagedMs: number;
}

/** A page view of the session at hand, and the page that it is counted to come from. */
export interface TrailView {
  at: number;
  /** The last eight digits of its load, and its order there. */
  load: string;
  order: number;
  day: string;
  pageId: string;
  /** The browser showed the page again as it had been left. */
  isReturn: boolean;
  /** Id of the page; '' for none. */
  from: string;
  /** The view before it in its load. */
  own: { order: number; pageId: string } | null;
  /** Others may come from it, and nobody asks any more where it came from itself. */
  isClosed: boolean;
}

/** One window of a page's live items. */
export interface Place {
  window: number;
  pageId: string;
}

export interface LoadState {
  load: string;
  /** Newest receipt when last met, seconds since the epoch. */
  touched: number;
  /** See `seen-numbers.ts`. */
  seen: string;
  /** The page it shows, '' while unknown, and the order of the event that said so. */
  pageId: string;
  pageOrder: number;
  /** The last page view of its sessions, -1 and '' while there is none. */
  viewOrder: number;
  viewPage: string;
  /** When that was, whole days since the epoch. */
  viewDay: number;
  visible: boolean;
  visibleOrder: number;
  /** The window of its newest sign of life. */
  sign: number;
  /** Whether its page holds it in window `sign`. */
  placed: boolean;
}

/** The minutes of an hour with page views: bits 0..29 and 30..59. `hour` is the instant at which it begins. */
export interface SeenHour {
  hour: number;
  low: number;
  high: number;
}

/** A local date: whether a page was viewed on it, and the ids (8 characters each, joined) of pages and values met on it. */
export interface SeenDay {
  day: string;
  viewed: boolean;
  ids: string;
}

export function emptyVisitorState(): VisitorState {
  return { newest: 0, session: null, presence: null, loads: [], hours: [], days: [], trail: [] };
}

/** A copy that may be changed without the original noticing: the fold's draft. */
export function copyVisitorState(state: VisitorState): VisitorState {
  const { session } = state;
  return {
    newest: state.newest,
    session: session && {
      ...session,
      entry: session.entry && { ...session.entry },
      exit: session.exit && { ...session.exit },
    },
    presence: state.presence && { ...state.presence },
    loads: state.loads.map((load) => ({ ...load })),
    hours: state.hours.map((hour) => ({ ...hour })),
    days: state.days.map((day) => ({ ...day })),
    trail: state.trail.map((view) => ({ ...view, own: view.own && { ...view.own } })),
  };
}
