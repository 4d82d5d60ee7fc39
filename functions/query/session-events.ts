/** What a visitor did in a session, one thing after the other. Pure. */
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
import type { SessionMoment } from './session-moments.ts';

/** What is told of one event, beside when and where it was. */
type Told = Pick<SessionEvent, 'what' | 'value' | 'properties' | 'changed'>;

/** All that is told of `moments`, in their order. */
export function sessionEvents(moments: readonly SessionMoment[]): SessionEvent[] {
  return moments.flatMap(({ at, load, event, record }) => {
    const told = toldOf(event, record);
    if (!told) return [];
    const element = isOfElement(event) ? record.elements[event[2]] : undefined;
    const page = record.pages[element ? element.page : isOfElement(event) ? -1 : event[2]];
    return { at, load, page: page?.path ?? null, ...told, ...(element && { element: placeOn(element, event) }) };
  });
}

/** Null: a sign of life, what a page tells of itself alone, or a move, of which there are too many to tell. */
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
    case kind.vitals:
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
