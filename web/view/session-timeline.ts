/**
 * A session's events as they are told: by page view, what repeats in one line, and the time in between where it is long. An event
 * belongs to the last view of its load, so that what two tabs did at once does not mingle. Pure.
 */
import type { SessionEvent } from '../../functions/contract/session-answer.ts';
import { eventText } from './session-text.ts';

export interface TimelineLine {
  /** When it began, and when it was last repeated. */
  at: number;
  lastAt: number;
  event: SessionEvent;
  times: number;
  text: string;
  /** Nothing is told of so long before it; 0: of less than `gapMsMin`. */
  gapMs: number;
}

export interface TimelineView {
  load: number;
  /** Which view of its load: 0, 1, 2 … */
  order: number;
  at: number;
  path: string;
  title: string;
  /** Another tab was still in use after this view began. */
  isBeside: boolean;
  engagedMs: number;
  /** Of the page, in per cent; 0 where nothing was told. */
  reached: number;
  gapMs: number;
  lines: TimelineLine[];
}

/** Shorter pauses are reading. */
export const gapMsMin = 15_000;
/** What is repeated later than this is told anew. */
const repeatMsMax = 10_000;
/** A page says that it is left about when the next one comes, and what it says last has a clock of its own. */
const besideMsMin = 5_000;

/** @param hasHovers whether pointing at things without a click is told, too */
export function sessionTimeline(events: readonly SessionEvent[], hasHovers: boolean): TimelineView[] {
  const views: TimelineView[] = [];
  const current = new Map<number, TimelineView>();
  for (const event of events) {
    const before = current.get(event.load);
    const view = before && event.what !== 'view' ? before : newView(event, before ? before.order + 1 : 0);
    if (view !== before) {
      current.set(event.load, view);
      views.push(view);
    }
    if (event.what === 'engaged') view.engagedMs += Number(event.value);
    else if (event.what !== 'view' && (hasHovers || event.what !== 'hover')) addLine(view.lines, event);
    if (event.what === 'scroll' && !event.element) view.reached = Math.max(view.reached, Number(event.value));
  }
  return withGaps(views).map((view) => ({ ...view, isBeside: isBeside(view, views) }));
}

function newView({ load, at, page, what, value }: SessionEvent, order: number): TimelineView {
  return {
    ...{ load, order, at, path: page ?? '', title: what === 'view' ? String(value ?? '') : '' },
    ...{ isBeside: false, engagedMs: 0, reached: 0, gapMs: 0, lines: [] },
  };
}

const clicks: readonly string[] = ['click', 'tap', 'rage', 'dead'];

/** What was done to an element again and again is one line of each kind, whatever order they came in. */
function addLine(lines: TimelineLine[], event: SessionEvent): void {
  const same = lastOf(lines, event);
  if (!same || event.at - same.lastAt > repeatMsMax) {
    lines.push({ at: event.at, lastAt: event.at, event, times: 1, text: eventText(event), gapMs: 0 });
    return;
  }
  same.lastAt = event.at;
  // A burst is told anew with each further click, and reading with each further band: the last one says it all.
  if (event.what === 'rage' || event.what === 'scroll') same.event = event;
  else same.times += 1;
  same.text = eventText(same.event, same.times);
}

function lastOf(lines: readonly TimelineLine[], event: SessionEvent): TimelineLine | undefined {
  if (event.what !== 'scroll' && !clicks.includes(event.what)) return undefined;
  const isSameElement = (line: TimelineLine) => line.event.element?.key === event.element?.key;
  for (const line of [...lines].reverse()) {
    if (!isSameElement(line)) return undefined;
    if (line.event.what === event.what) return isNewBurst(line.event, event) ? undefined : line;
    if (event.what === 'scroll' || !clicks.includes(line.event.what)) return undefined;
  }
  return undefined;
}

function isNewBurst(before: SessionEvent, event: SessionEvent): boolean {
  return event.what === 'rage' && Number(event.value) <= Number(before.value);
}

function withGaps(views: TimelineView[]): TimelineView[] {
  let toldAt = views[0]?.at ?? 0;
  const gap = (at: number, since: number) => (at - since >= gapMsMin ? at - since : 0);
  for (const view of views) {
    view.gapMs = gap(view.at, toldAt);
    let since = view.at;
    for (const line of view.lines) {
      line.gapMs = gap(line.at, since);
      since = line.lastAt;
    }
    toldAt = Math.max(toldAt, since);
  }
  return views;
}

function isBeside({ load, at }: TimelineView, views: readonly TimelineView[]): boolean {
  return views.some((other) => {
    const last = other.lines.at(-1);
    return other.load !== load && other.at < at && last !== undefined && last.lastAt > at + besideMsMin;
  });
}
