/**
 * Which page a view came from: within a load the page that it showed before, whatever other tabs do meanwhile; for a load's first
 * view, or one that the browser's page cache brought back, the page that the session viewed last before it. What comes late finds
 * its place among the session's last views, and what had been counted without it is taken back.
 */
import { navigation } from '../contract/event.ts';
import { dayMs } from '../contract/time-unit.ts';
import type { LoadState, TrailView, VisitorState } from './visitor-state.ts';

/** Open views of a trail; of those that are older than `lateMs` before its newest only the last few. */
export const trailMax = 40;
const trailOldMax = 4;
const lateMs = 120_000;
/**
 * For so many days a load's last view is the one that its next came from. What is told must not hang on what an audit no longer reads: it
 * begins four days before.
 */
const viewDaysMax = 2;

/** A view led from a page to another: counted, or taken back. `day`: the view's. */
export interface Step {
  what: 'made' | 'undone';
  day: string;
  from: string;
  to: string;
}

/** A view with its place in its load, before it is known where it came from. */
export type WalkedView = Omit<TrailView, 'from' | 'own' | 'isClosed'>;

/** How the page came back without being loaded. Others follow what their load showed before. */
export function isReturn(how: number): boolean {
  return how === navigation.restore;
}

/**
 * Takes a view of the draft's session into its trail; `load` is the load that made it. When the one that comes next, by the clock
 * or in its load, is closed already, it takes no part: what it stands between can no longer be told.
 */
export function walk(draft: VisitorState, load: LoadState, view: WalkedView): Step[] {
  const next = nextInLoad(draft.trail, view);
  const day = Math.floor(view.at / dayMs);
  const last =
    load.viewOrder < 0 || day - load.viewDay > viewDaysMax ? null : { order: load.viewOrder, pageId: load.viewPage };
  const isNewest = view.order > (last?.order ?? -1);
  if (!isNewest && !(next && (next.own?.order ?? -1) < view.order)) return [];
  const added: TrailView = { ...view, from: '', own: next ? next.own : last, isClosed: false };
  const trail = closeOld([...draft.trail, added].sort(inTime));
  if (!trail.includes(added)) return [];
  draft.trail = trail;
  if (isNewest) {
    load.viewOrder = view.order;
    load.viewPage = view.pageId;
    load.viewDay = day;
  }
  return trail.flatMap((one, index) => {
    if (one.isClosed) return [];
    const counted = one.from;
    settle(trail, one, index);
    return one.from === counted ? [] : steps(one, counted);
  });
}

/** The open view of its load that comes after it. */
function nextInLoad(trail: readonly TrailView[], view: WalkedView): TrailView | null {
  let next: TrailView | null = null;
  for (const one of trail) {
    if (one.isClosed || one.load !== view.load || one.order <= view.order) continue;
    if (!next || one.order < next.order) next = one;
  }
  return next;
}

function settle(trail: readonly TrailView[], view: TrailView, index: number): void {
  for (const { load, order, pageId } of trail) {
    if (load === view.load && order < view.order && order > (view.own?.order ?? -1)) view.own = { order, pageId };
  }
  if (view.own && !view.isReturn) {
    view.from = view.own.pageId;
    return;
  }
  const before = trail.slice(0, index).findLast(({ load }) => view.isReturn || load !== view.load);
  // None: it is the session's first.
  view.from = before?.pageId ?? '';
}

function steps({ day, from, pageId: to }: TrailView, counted: string): Step[] {
  const found: Step[] = [];
  if (counted !== '') found.push({ what: 'undone', day, from: counted, to });
  if (from !== '') found.push({ what: 'made', day, from, to });
  return found;
}

/** By the clock; of one instant in an order that does not hang on which came first. */
function inTime(one: TrailView, other: TrailView): number {
  return one.at - other.at || (one.load < other.load ? -1 : one.load > other.load ? 1 : one.order - other.order);
}

/**
 * Where a closed view came from is no longer asked. Of all closed ones the last is kept, and the last of another load than that: one
 * of them is what the first open view of any load came from.
 */
function closeOld(trail: TrailView[]): TrailView[] {
  const horizon = (trail.at(-1)?.at ?? 0) - lateMs;
  const recent = trail.filter(({ at }) => at >= horizon).length;
  return withOpen(trail, Math.min(trailMax, Math.max(trailOldMax, recent)));
}

/** As short as it may be: for a state that has no room for more. */
export function shortened(trail: TrailView[]): TrailView[] {
  return withOpen(trail, trailOldMax);
}

function withOpen(trail: TrailView[], openMax: number): TrailView[] {
  const open = trail.slice(-openMax);
  const old = trail.slice(0, -open.length);
  const last = old.at(-1);
  const other = old.findLast(({ load }) => load !== last?.load);
  return [...[other, last].flatMap((one) => (one ? closed(one) : [])), ...open];
}

function closed({ at, load, order, day, pageId }: TrailView): TrailView {
  return { at, load, order, day, pageId, isReturn: false, from: '', own: null, isClosed: true };
}
