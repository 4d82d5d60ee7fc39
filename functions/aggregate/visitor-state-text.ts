/**
 * The text that a visitor's state is stored as: nested lists without names, because a state is written with each record and
 * billed by the KB. The first entry is the format's version.
 */

import { dayMs } from '../contract/time-unit.ts';
import { instantMax } from './dated-event.ts';
import { funnelsText, hitsText, progressOf } from './funnel-text.ts';
import { formatOrder, parseOrder } from './order-text.ts';
import { formatTrail, parseTrail } from './trail-text.ts';
import type {
  LoadState,
  Place,
  SeenDay,
  SeenHour,
  Session,
  SessionExit,
  SessionView,
  VisitorState,
} from './visitor-state.ts';

/** The one before knew nothing of goals. Its states and loads are read; what is written is of the newer one. */
const version = 2;
const versionsRead: readonly number[] = [1, version];

type ViewTuple = [at: number, load: string, order: number, day: string, pageId: string];
/** What was met in it, if anything. */
type ExitTuple = [...ViewTuple, ...([signals: number, engagedMs: number] | [])];
type SessionTuple = [
  start: number,
  last: number,
  day: string,
  hour: number,
  pageViews: number,
  entry: ViewTuple | 0,
  exit: ExitTuple | 0,
  goals?: string,
  funnels?: string,
  hits?: string,
  // Of a session that an older build has written down, nothing is told yet.
  ...item: [firstStart: number, doneAt: number, shown: 0 | 1] | [],
];
/** `flags`: 1 visible, 2 placed, and for each day that its last view was before it was last touched, 4. */
type LoadTuple = [
  load: string,
  touched: number,
  seen: string,
  // With its last view behind it, where that is another.
  pages: string,
  pageOrder: number,
  flags: number,
  visibleOrder: number,
  sign: number,
];
type StateTuple = [
  version: number,
  newest: number,
  session: SessionTuple | 0,
  presence: [window: number, pageId: string] | 0,
  loads: LoadTuple[],
  hours: string,
  days: [day: string, viewed: 0 | 1, ids: string][],
  trail?: string,
];

export function formatVisitorState(state: VisitorState): string {
  const tuple: StateTuple = [
    version,
    state.newest,
    state.session ? sessionTuple(state.session) : 0,
    state.presence ? [state.presence.window, state.presence.pageId] : 0,
    state.loads.map(loadTuple),
    state.hours.map(hourText).join(),
    state.days.map(({ day, viewed, ids }) => [day, viewed ? 1 : 0, ids]),
    formatTrail(state.trail),
  ];
  return JSON.stringify(tuple);
}

/** @throws Error when `text` is not a state, or one of a version that this build does not know. */
export function parseVisitorState(text: string): VisitorState {
  const tuple = JSON.parse(text) as StateTuple;
  if (!Array.isArray(tuple) || !versionsRead.includes(tuple[0])) {
    throw new Error(
      `visitor state begins with "${text.slice(0, 20)}", which is not of version ${versionsRead.join(' or ')}`,
    );
  }
  const [, newest, session, presence, loads, hours, days, trail = ''] = tuple;
  return {
    newest,
    session: session === 0 ? null : sessionOf(session),
    presence: presence === 0 ? null : placeOf(presence),
    loads: loads.map(loadOf),
    hours: hours === '' ? [] : hours.split(',').map(hourOf),
    days: days.map(([day, viewed, ids]): SeenDay => ({ day, viewed: viewed === 1, ids })),
    trail: parseTrail(trail),
  };
}

/** What a claim keeps of a retired load. Inverse: `parseLoadState`. */
export function formatLoadState(load: LoadState): string {
  return JSON.stringify([version, loadTuple(load)]);
}
/** @throws Error when `text` is not a load of a version that this build knows. */
export function parseLoadState(text: string): LoadState {
  const [found, tuple] = JSON.parse(text) as [number, LoadTuple];
  if (!versionsRead.includes(found))
    throw new Error(`retired load begins with "${text.slice(0, 20)}", not version ${versionsRead.join(' or ')}`);
  return loadOf(tuple);
}

function loadTuple(load: LoadState): LoadTuple {
  const { touched, seen, pageId, pageOrder, viewOrder, viewPage, viewDay, visibleOrder, sign } = load;
  const viewAge = viewOrder < 0 ? 0 : Math.min(viewAgeMax, dayOf(touched) - viewDay);
  const flags = (load.visible ? 1 : 0) | (load.placed ? 2 : 0) | (viewAge << 2);
  const view = viewOrder === pageOrder && viewPage === pageId ? '' : viewText(viewOrder, viewPage);
  return [load.load, touched, seen, `${pageId}${view}`, pageOrder, flags, visibleOrder, sign];
}
function loadOf([load, touched, seen, pages, pageOrder, flags, visibleOrder, sign]: LoadTuple): LoadState {
  const pageId = pages.slice(0, idLength);
  const view = pages.slice(idLength);
  const { viewOrder, viewPage } = view === '' ? { viewOrder: pageOrder, viewPage: pageId } : viewOfText(view);
  const viewDay = viewOrder < 0 ? 0 : dayOf(touched) - (flags >> 2);
  const visible = (flags & 1) !== 0;
  const placed = (flags & 2) !== 0;
  return { load, touched, seen, pageId, pageOrder, viewOrder, viewPage, viewDay, visible, visibleOrder, sign, placed };
}

/** Days; an older view is no younger for it. */
const viewAgeMax = 15;
function dayOf(seconds: number): number {
  // No event is later, whatever a record says of its receipt.
  return Math.floor(Math.min(seconds * 1000, instantMax) / dayMs);
}

const idLength = 8;
const noView = '-';

/** A load's last view, where that is not what its page is told by: its page, then its order. */
function viewText(order: number, pageId: string): string {
  return order < 0 ? noView : `${pageId}${formatOrder(order)}`;
}
function viewOfText(text: string): Pick<LoadState, 'viewOrder' | 'viewPage'> {
  if (text === noView) return { viewOrder: -1, viewPage: '' };
  return { viewOrder: parseOrder(text.slice(idLength)), viewPage: text.slice(0, idLength) };
}

function sessionTuple(session: Session): SessionTuple {
  const { start, last, day, hour, pageViews, entry, exit, goals, firstStart, doneAt, shown } = session;
  const views = [entry ? viewTuple(entry) : (0 as const), exit ? exitTuple(exit) : (0 as const)] as const;
  const reached = [goals.join(''), funnelsText(session), hitsText(session)] as const;
  const item = firstStart === null ? ([] as const) : ([firstStart, doneAt, shown ? 1 : 0] as const);
  return [start, last, day, hour, pageViews, ...views, ...reached, ...item];
}
function sessionOf([start, last, day, hour, pageViews, entry, exit, ...more]: SessionTuple): Session {
  const [goals = '', funnels = '', hits = '', firstStart = null, doneAt = 0, shown = 0] = more;
  return {
    start,
    last,
    firstStart,
    doneAt,
    shown: shown === 1,
    day,
    hour,
    pageViews,
    entry: entry === 0 ? null : viewOf(entry),
    exit: exit === 0 ? null : exitOf(exit),
    goals: goals.match(/.{8}/g) ?? [],
    ...progressOf(start, funnels, hits),
  };
}
function viewTuple({ at, load, order, day, pageId }: SessionView): ViewTuple {
  return [at, load, order, day, pageId];
}
function viewOf([at, load, order, day, pageId]: ViewTuple | ExitTuple): SessionView {
  return { at, load, order, day, pageId };
}
function exitTuple(exit: SessionExit): ExitTuple {
  const { signals, engagedMs } = exit;
  return signals === 0 && engagedMs === 0 ? viewTuple(exit) : [...viewTuple(exit), signals, engagedMs];
}
function exitOf(tuple: ExitTuple): SessionExit {
  const [, , , , , signals = 0, engagedMs = 0] = tuple;
  return { ...viewOf(tuple), signals, engagedMs };
}
function placeOf([window, pageId]: [number, string]): Place {
  return { window, pageId };
}

/** Hours begin on quarter hours in every zone in use. */
const quarterMs = 900_000;
function hourText({ hour, low, high }: SeenHour): string {
  return `${(hour / quarterMs).toString(36)}.${low.toString(36)}.${high.toString(36)}`;
}
function hourOf(text: string): SeenHour {
  const [hour = '', low = '', high = ''] = text.split('.');
  return {
    hour: Number.parseInt(hour, 36) * quarterMs,
    low: Number.parseInt(low, 36),
    high: Number.parseInt(high, 36),
  };
}
