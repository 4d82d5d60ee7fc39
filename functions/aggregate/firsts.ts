/**
 * Whether a page view is the visitor's first in its minute, hour or day, or the first of a page or value on its day. Each
 * function answers and remembers in one: ask once per page view. Exact in any order of arrival, up to `visitorHorizonMs`.
 */
import { minuteMs } from '../contract/time-unit.ts';
import {
  firstsHeldMax,
  firstsPerDayMax,
  type SeenDay,
  type SeenHour,
  type VisitorState,
  visitorHorizonMs,
} from './visitor-state.ts';

export interface FirstInTime {
  inMinute: boolean;
  inHour: boolean;
  inDay: boolean;
}

/** When something happened, in the site's time. */
export interface LocalTime {
  at: number;
  hour: number;
  day: string;
}

/** `draft.newest` must be set already: a view too old to be remembered is no first. */
export function takeFirstInTime(draft: VisitorState, { at, hour, day }: LocalTime): FirstInTime {
  if (isTooOld(draft, at)) return { inMinute: false, inHour: false, inDay: false };
  let seenHour = draft.hours.find((one) => one.hour === hour);
  const inHour = !seenHour;
  if (!seenHour) {
    seenHour = { hour, low: 0, high: 0 };
    draft.hours.push(seenHour);
  }
  const seenDay = seenDayOf(draft, day);
  const inDay = !seenDay.viewed;
  seenDay.viewed = true;
  return { inMinute: takeMinute(seenHour, Math.floor((at - hour) / minuteMs)), inHour, inDay };
}

/** `id`: eight characters that name the page or value. Beyond the bound of what is remembered the answer is no. */
export function takeFirstToday(draft: VisitorState, { at, day }: LocalTime, id: string): boolean {
  if (isTooOld(draft, at)) return false;
  const seen = seenDayOf(draft, day);
  for (let place = 0; place < seen.ids.length; place += idLength) if (seen.ids.startsWith(id, place)) return false;
  const held = draft.days.reduce((sum, { ids }) => sum + ids.length, 0);
  if (seen.ids.length >= firstsPerDayMax * idLength || held >= firstsHeldMax * idLength) return false;
  seen.ids += id;
  return true;
}
const idLength = 8;

function isTooOld({ newest }: VisitorState, at: number): boolean {
  return at < newest - visitorHorizonMs;
}

function seenDayOf(draft: VisitorState, day: string): SeenDay {
  const known = draft.days.find((one) => one.day === day);
  if (known) return known;
  const made: SeenDay = { day, viewed: false, ids: '' };
  draft.days.push(made);
  return made;
}

/** `oldestDay`: the local date of the horizon. */
export function forgetFirsts(draft: VisitorState, oldestDay: string): void {
  const horizon = draft.newest - visitorHorizonMs;
  const isKept = ({ hour }: SeenHour) => hour + 60 * minuteMs > horizon;
  const isKeptDay = ({ day }: SeenDay) => day >= oldestDay;
  draft.hours = draft.hours.filter(isKept);
  draft.days = draft.days.filter(isKeptDay);
}

function takeMinute(seen: SeenHour, minute: number): boolean {
  const half = minute < 30 ? 'low' : 'high';
  const bit = 1 << (minute % 30);
  const isFirst = (seen[half] & bit) === 0;
  seen[half] |= bit;
  return isFirst;
}
