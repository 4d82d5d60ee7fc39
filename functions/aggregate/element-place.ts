import { type ElementEvent, elementKinds, kind, type PulseEvent } from '../contract/event.ts';
import { type Place, placeOf, wholePlace } from '../contract/place.ts';
import type { RecordElement } from '../contract/record.ts';

/** Where on an element an event was. From the record alone: its box at the time, and the cell told. */
export function elementPlace(event: ElementEvent, { key, box }: RecordElement): Place {
  switch (event[0]) {
    case kind.field:
    case kind.abandon:
      return wholePlace('f', key);
    case kind.paneReach:
    case kind.paneBands:
      return wholePlace('p', key);
    default:
      return placeOf(event[0] === kind.move ? 'm' : 'c', key, [event[3], event[4]], [box[2], box[3]]);
  }
}

export function isElementEvent(event: PulseEvent): event is ElementEvent {
  return elementKinds.includes(event[0]);
}
