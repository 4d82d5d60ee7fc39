import type { PulseEvent } from '../contract/event.ts';
import type { RecordElement, RecordPage, StreamRecord } from '../contract/record.ts';
import { dayMs, hourStart, localDay } from '../contract/time-unit.ts';
import { isElementEvent } from './element-place.ts';

/** Older than anything that ingest accepts: keeps a made-up age from making an impossible date. */
const ageMaxMs = 30 * dayMs;
/** Dates have four digits of year in keys: the last days of 9999 are left out, so that no time zone leads beyond. */
export const instantMax = Date.parse('9999-12-30T00:00:00Z');

/** An event with its instant in the site's time, and the page and element that it speaks of. */
export interface DatedEvent {
  event: PulseEvent;
  /** Its place in the record. */
  index: number;
  at: number;
  hour: number;
  day: string;
  /** Missing only where a record points beyond its lists, which decoding refuses. */
  page: RecordPage | undefined;
  element: RecordElement | undefined;
}

/** The events of a record in its order. The same for every attempt: times come from the receipt that is on the record. */
export function datedEvents(record: StreamRecord, zone: string): DatedEvent[] {
  const localTimeOf = localTimes(zone);
  return record.events.map((event, index) => {
    const age = Math.min(ageMaxMs, Math.max(0, event[1] || 0));
    const at = Math.min(instantMax, Math.max(0, record.receivedAt - age));
    const element = isElementEvent(event) ? record.elements[event[2]] : undefined;
    const page = record.pages[element ? element.page : isElementEvent(event) ? -1 : event[2]];
    const { hour, day } = localTimeOf(at);
    return { event, index, at, hour, day, page, element };
  });
}

/** Local hours and days begin on quarter hours, and the events of a record lie in one or two of them. */
function localTimes(zone: string): (at: number) => { hour: number; day: string } {
  const known = new Map<number, { hour: number; day: string }>();
  return (at) => {
    const quarter = Math.floor(at / 900_000);
    const time = known.get(quarter) ?? { hour: hourStart(at, zone), day: localDay(at, zone) };
    known.set(quarter, time);
    return time;
  };
}

/** A number that orders the events of a load: by batch, then by place in it. A batch has at most 250 events. */
export function orderOf(n: number, index: number): number {
  return n * 256 + index;
}
