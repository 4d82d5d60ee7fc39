import { countersPerUpdateMax, type Increment } from '../contract/counter.ts';
import type { FeedRow } from '../contract/live.ts';
import type { StreamRecord } from '../contract/record.ts';
import type { SiteConfig } from '../contract/site.ts';
import { addBreakdowns } from './breakdown.ts';
import type { Admissions } from './counted-name.ts';
import { addElements } from './element.ts';
import { decideFacts, type Facts } from './facts.ts';
import { feedRows } from './feed.ts';
import { addFunnels } from './funnel.ts';
import { addGoals } from './goal.ts';
import { Increments } from './increments.ts';
import { addPages } from './page.ts';
import { addPanes } from './pane.ts';
import { addPresence } from './presence.ts';
import { forgetLoads, type RetiredLoad, retireLoads, takeLoad } from './retirement.ts';
import { addScroll } from './scroll.ts';
import { addSeen, hasSeen } from './seen-numbers.ts';
import { addSeries } from './series.ts';
import { addSessionRows } from './session-row.ts';
import { addSignals } from './signal.ts';
import { addTransitions } from './transition.ts';
import { copyVisitorState, type VisitorState } from './visitor-state.ts';
import { addVitals } from './vitals.ts';

/** Every statistic. A new one is a file of its own and a line here. */
const statistics: ((facts: Facts, increments: Increments) => void)[] = [
  addPresence,
  addSeries,
  addBreakdowns,
  addPages,
  addSignals,
  addScroll,
  addPanes,
  addVitals,
  addElements,
  addGoals,
  addFunnels,
  addTransitions,
  addSessionRows,
];

export interface FoldContext {
  /** The version that the record names. */
  config: SiteConfig;
  /** Answers for all of the record's `namesNeeded`. */
  admissions: Admissions;
  epoch: string;
  /** What the claim of the record's load kept of it, where the state does not hold the load; null: nothing. */
  retired: string | null;
}

export interface Folded {
  state: VisitorState;
  increments: Increment[];
  feed: FeedRow[];
  /** Loads that the state no longer holds. Their texts must be kept before the state is saved. */
  retired: RetiredLoad[];
  /** The batch had been counted before: nothing is added, and the state is the one given. */
  isRepeat: boolean;
}

/**
 * One record into its visitor's state: what is remembered, and what it adds. The same inputs give the same result on every
 * attempt: no clock, no randomness, no I/O, and `state` itself is not changed.
 * @throws Error for what no decoded record can hold; the record must then be set aside.
 */
export function fold(state: VisitorState, record: StreamRecord, context: FoldContext): Folded {
  const { config, admissions, epoch } = context;
  const draft = copyVisitorState(state);
  draft.newest = Math.max(draft.newest, record.receivedAt);
  forgetLoads(draft);
  const load = takeLoad(draft, record.load, context.retired);
  if (hasSeen(load.seen, record.n)) return { state, increments: [], feed: [], retired: [], isRepeat: true };
  load.seen = addSeen(load.seen, record.n);

  const naming = { epoch, site: record.site, admissions };
  const facts = decideFacts(draft, load, record, naming, config);
  const increments = new Increments();
  for (const add of statistics) add(facts, increments);
  const list = increments.list();
  for (const increment of list) assertFits(increment);
  return { state: draft, increments: list, feed: feedRows(facts), retired: retireLoads(draft), isRepeat: false };
}

/** A record's share of an item is written in one update, or its guard would stand inside the record. */
function assertFits({ key, counters, texts }: Increment): void {
  const names = Object.keys(counters).length + Object.keys(texts).length;
  if (names > countersPerUpdateMax) {
    throw new Error(`a record adds to ${names} counters of ${key.pk} ${key.sk}, more than ${countersPerUpdateMax}`);
  }
}
