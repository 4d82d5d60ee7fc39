import { type ElementEvent, elementKinds, kind, type PulseEvent } from '../contract/event.ts';
import { fieldPlace, type Place, placeOf } from '../contract/place.ts';
import type { RecordElement } from '../contract/record.ts';

/** Where on an element an event was. From the record alone: its box at the time, and the cell told. */
export function elementPlace(event: ElementEvent, { key, box }: RecordElement): Place {
  if (event[0] === kind.field || event[0] === kind.abandon) return fieldPlace(key);
  return placeOf(event[0] === kind.move ? 'm' : 'c', key, [event[3], event[4]], [box[2], box[3]]);
}

export function isElementEvent(event: PulseEvent): event is ElementEvent {
  return elementKinds.includes(event[0]);
}
