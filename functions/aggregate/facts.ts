/**
 * What is decided once about a record, before the statistics add it up: which page and element each event counts under, which
 * views are firsts, what becomes of the session and of presence. The only part of the fold that reads and changes the state.
 */
import type { ItemKey } from '../contract/counter.ts';
import { kind } from '../contract/event.ts';
import { nameId } from '../contract/name-id.ts';
import type { StreamRecord } from '../contract/record.ts';
import type { SiteConfig } from '../contract/site.ts';
import { localDay } from '../contract/time-unit.ts';
import {
  type CountedPage,
  type CountedPlace,
  type CountedValue,
  countedSmallValue,
  countedValue,
  type Naming,
} from './counted-name.ts';
import { type DatedEvent, datedEvents, orderOf } from './dated-event.ts';
import { valuesOf } from './event-value.ts';
import { type FirstInTime, forgetFirsts, takeFirstInTime, takeFirstToday } from './firsts.ts';
import { type GoalConfig, type Reached, reach } from './reach.ts';
import { RecordNames } from './record-names.ts';
import { joinSession, type OrderedView, type SessionFact } from './session.ts';
import { type SessionShare, SessionShares } from './session-share.ts';
import { meetSignals } from './signal.ts';
import { type SmallValue, smallValuesOf } from './small-value.ts';
import { isReturn, type Step, walk } from './trail.ts';
import { movePresence, type PresenceMove } from './visible-load.ts';
import { type LoadState, type VisitorState, visitorHorizonMs } from './visitor-state.ts';

export interface EventFact extends DatedEvent {
  /** The hour item of its time. */
  hourItem: ItemKey;
  counted: CountedPage | null;
  countedPlace: CountedPlace | null;
  values: ValueFact[];
  /** Of a page view; null for every other event. */
  view: ViewFact | null;
}

export interface ViewFact {
  first: FirstInTime;
  firstOfPage: boolean;
  small: SmallValueFact[];
}

export interface SmallValueFact extends SmallValue {
  isFirst: boolean;
}
export interface ValueFact extends CountedValue {
  isFirst: boolean;
}

export interface Facts {
  record: StreamRecord;
  epoch: string;
  events: EventFact[];
  session: SessionFact[];
  reached: Reached;
  /** From page to page. */
  steps: Step[];
  /** What the sessions' own items are told. */
  shares: SessionShare[];
  presence: PresenceMove[];
}

/** `draft` is changed; `load` is its load at hand, the last one. */
export function decideFacts(
  draft: VisitorState,
  load: LoadState,
  record: StreamRecord,
  naming: Naming,
  config: GoalConfig & Pick<SiteConfig, 'zone'>,
): Facts {
  const { zone } = config;
  forgetFirsts(draft, localDay(Math.max(0, draft.newest - visitorHorizonMs), zone));
  const names = new RecordNames(naming);
  const events = datedEvents(record, zone).map((dated) => eventFact(draft, record, naming, names, dated));
  const shares = new SessionShares(draft);
  const ofSession = sessionFacts(draft, load, record, events, { config, shares });
  const presence = presenceMoves(draft, load, record, events);
  return { record, epoch: naming.epoch, events, ...ofSession, presence, shares: shares.close() };
}

function eventFact(
  draft: VisitorState,
  record: StreamRecord,
  naming: Naming,
  names: RecordNames,
  dated: DatedEvent,
): EventFact {
  const counted = names.page(dated);
  const view = dated.event[0] === kind.view && counted ? viewFact(draft, record, naming, dated, counted) : null;
  const { event, index, at, hour, day, page, element } = dated;
  // Written out: spreading an event of thirteen a record is a quarter of the fold's time.
  return {
    event,
    index,
    at,
    hour,
    day,
    page,
    element,
    hourItem: names.hourItem(dated),
    counted,
    countedPlace: names.place(dated),
    view,
    values: valuesOf(dated).map(({ dimension, value }) => {
      const named = countedValue(naming, dated.day, dimension, value);
      return { ...named, isFirst: takeFirstToday(draft, dated, nameId(`${dimension}|${named.value}`)) };
    }),
  };
}

function viewFact(
  draft: VisitorState,
  record: StreamRecord,
  naming: Naming,
  dated: DatedEvent,
  counted: CountedPage,
): ViewFact {
  return {
    first: takeFirstInTime(draft, dated),
    firstOfPage: takeFirstToday(draft, dated, nameId(`page|${counted.path}`)),
    small: (dated.page ? smallValuesOf(record, dated.page) : []).map((small) => {
      const { dimension } = small;
      const value = countedSmallValue(naming, dated.day, small);
      return { dimension, value, isFirst: takeFirstToday(draft, dated, nameId(`${dimension}|${value}`)) };
    }),
  };
}

function sessionFacts(
  draft: VisitorState,
  held: LoadState,
  record: StreamRecord,
  events: EventFact[],
  { config, shares }: { config: GoalConfig; shares: SessionShares },
): Pick<Facts, 'session' | 'reached' | 'steps'> {
  const session: SessionFact[] = [];
  const reached: Reached = { goals: [], funnels: [] };
  const steps: Step[] = [];
  const load = record.load.slice(-8);
  for (const fact of [...events].sort((one, other) => one.at - other.at || one.index - other.index)) {
    const { at, counted: page, view, index } = fact;
    const order = orderOf(record.n, index);
    const viewed = view && page && { load, order, page };
    const joined = joinSession(draft, fact, viewed);
    session.push(...joined);
    if (draft.session) session.push(...meetSignals(draft.session, fact, { at, load, order }));
    shares.take(fact, viewed);
    if (joined.some(({ what }) => what === 'sessions')) draft.trail = [];
    const own = draft.session && at >= draft.session.start ? draft.session : null;
    if (own && viewed) steps.push(...stepsOf(draft, held, fact, viewed));
    const { goals, funnels } = reach(config, fact, { at, load, order }, own);
    reached.goals.push(...goals);
    reached.funnels.push(...funnels);
  }
  return { session, reached, steps };
}

function stepsOf(
  draft: VisitorState,
  held: LoadState,
  { at, event }: EventFact,
  { load, order, page: { day, id: pageId } }: OrderedView,
): Step[] {
  if (event[0] !== kind.view) return [];
  return walk(draft, held, { at, load, order, day, pageId, isReturn: isReturn(event[3]) });
}

function presenceMoves(
  draft: VisitorState,
  load: LoadState,
  record: StreamRecord,
  events: EventFact[],
): PresenceMove[] {
  const seen = events.map(({ event, at, index, counted }) => ({
    event,
    at,
    order: orderOf(record.n, index),
    pageId: counted?.id ?? '',
  }));
  return movePresence(draft, load, seen, record.receivedAt);
}
