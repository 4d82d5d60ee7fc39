/** A session's records as what its visitor did, one thing after the other. Pure. */
import { fractionOf } from '../contract/element-grid.ts';
import {
  clickFlag,
  type ElementEvent,
  elementKinds,
  kind,
  type PulseEvent,
  scrollBandCount,
} from '../contract/event.ts';
import type { RecordElement, StreamRecord } from '../contract/record.ts';
import type { SessionEvent } from '../contract/session-answer.ts';

/** What is told of one event, beside when and where it was. */
type Told = Pick<SessionEvent, 'what' | 'value' | 'properties' | 'changed'>;

/** All that happened from `start` to `last` (inclusive), oldest first; of one instant, as its load numbered it. */
export function sessionEvents(records: readonly StreamRecord[], start: number, last: number): SessionEvent[] {
  const found = records.flatMap((record) =>
    record.events.flatMap((event, index) => {
      const at = Math.max(0, record.receivedAt - event[1]);
      return at < start || at > last ? [] : [{ at, event, index, record }];
    }),
  );
  found.sort(
    (one, other) =>
      one.at - other.at ||
      (one.record.load === other.record.load
        ? one.record.n - other.record.n || one.index - other.index
        : one.record.load < other.record.load
          ? -1
          : 1),
  );
  const loads = new Map<string, number>();
  return found.flatMap(({ at, event, record }) => {
    const load = loads.get(record.load) ?? loads.size;
    loads.set(record.load, load);
    const told = toldOf(event, record);
    if (!told) return [];
    const element = isOfElement(event) ? record.elements[event[2]] : undefined;
    const page = record.pages[element ? element.page : isOfElement(event) ? -1 : event[2]];
    return { at, load, page: page?.path ?? null, ...told, ...(element && { element: placeOn(element, event) }) };
  });
}

/** Null: a sign of life, or a move, of which there are too many to tell. */
function toldOf(event: PulseEvent, record: StreamRecord): Told | null {
  switch (event[0]) {
    case kind.view:
      return { what: 'view', value: record.pages[event[2]]?.title ?? '' };
    case kind.click:
      return { what: event[5] & clickFlag.touch ? 'tap' : 'click' };
    case kind.rage:
      return { what: 'rage', value: event[5] };
    case kind.dead:
      return { what: 'dead' };
    case kind.hover:
      return { what: event[6] === 1 ? 'hesitation' : 'hover', value: event[5] };
    case kind.reach:
    case kind.paneReach:
      return { what: 'scroll', value: (100 * (event[4] + 1)) / scrollBandCount };
    case kind.field:
      return { what: 'field', value: event[3], changed: event[4] === 1 };
    case kind.abandon:
      return { what: 'abandon' };
    case kind.engaged:
      return { what: 'engaged', value: event[3] };
    case kind.hide:
      return { what: 'hide' };
    case kind.show:
      return { what: 'show' };
    case kind.leave:
      return { what: 'leave' };
    case kind.outbound:
      return { what: 'outbound', value: event[3] };
    case kind.download:
      return { what: 'download', value: event[3] };
    case kind.custom:
      return { what: 'event', value: event[3], properties: event[4] };
    case kind.move:
    case kind.heartbeat:
    case kind.bands:
    case kind.paneBands:
      return null;
  }
}

function isOfElement(event: PulseEvent): event is ElementEvent {
  return elementKinds.includes(event[0]);
}

function placeOn({ key, label }: RecordElement, event: PulseEvent): NonNullable<SessionEvent['element']> {
  const isSpot = event[0] === kind.click || event[0] === kind.rage || event[0] === kind.dead || event[0] === kind.hover;
  return { key, label, x: isSpot ? fractionOf(event[3]) : null, y: isSpot ? fractionOf(event[4]) : null };
}
