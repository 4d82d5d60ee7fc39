/** Series: page views, visitors, sessions, bounces, engaged time, events, rage and dead clicks and hesitations by local hour; views and visitors by minute. */
import { hourKey, type ItemKey, minuteName, seriesName } from '../contract/counter.ts';
import { kind, type PulseEvent } from '../contract/event.ts';
import { minuteOf } from '../contract/time-unit.ts';
import type { EventFact, Facts } from './facts.ts';
import type { Increments } from './increments.ts';
import { addLive } from './live-item.ts';

/** Clicks of a burst when it first is one: later clicks of the same burst are no further rage. */
export const burstClicks = 3;

export function addSeries(facts: Facts, increments: Increments): void {
  const { epoch, record } = facts;
  for (const fact of facts.events) {
    addEvent(increments, fact.hourItem, fact.event);
    if (fact.view) addView(facts, increments, fact);
  }
  for (const fact of facts.session) {
    if ('hour' in fact) increments.add(hourKey(epoch, record.site, fact.day, fact.hour), seriesName[fact.what]);
  }
  for (const { day, hour, doneMs } of facts.shares) {
    increments.add(hourKey(epoch, record.site, day, hour), seriesName.durationMs, doneMs);
  }
}

function addEvent(increments: Increments, key: ItemKey, event: PulseEvent): void {
  if (isSomethingDone(event)) increments.add(key, seriesName.events);
  if (event[0] === kind.engaged) increments.add(key, seriesName.engagedMs, event[3]);
  if (isBurst(event)) increments.add(key, seriesName.rage);
  if (event[0] === kind.dead) increments.add(key, seriesName.dead);
  if (event[0] === kind.hover && event[6] === 1) increments.add(key, seriesName.hesitations);
}

function addView(facts: Facts, increments: Increments, { at, hourItem: key, counted, view }: EventFact): void {
  if (!view || !counted) return;
  increments.add(key, seriesName.pageViews);
  if (view.first.inHour) increments.add(key, seriesName.visitors);
  if (view.first.inDay) increments.add(key, seriesName.newVisitors);
  addLive(increments, facts, minuteOf(at), counted.id, minuteName.pageViews);
  if (view.first.inMinute) addLive(increments, facts, minuteOf(at), counted.id, minuteName.visitors);
}

export function isBurst(event: PulseEvent): boolean {
  return event[0] === kind.rage && event[5] === burstClicks;
}

/** What the visitor did, as against what the page tells of itself. */
function isSomethingDone([what]: PulseEvent): boolean {
  switch (what) {
    case kind.view:
    case kind.click:
    case kind.rage:
    case kind.dead:
    case kind.move:
    case kind.hover:
    case kind.field:
    case kind.outbound:
    case kind.download:
    case kind.custom:
      return true;
    default:
      return false;
  }
}
