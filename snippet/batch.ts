import {
  type Batch,
  eventsPerBatchMax,
  type PulseEvent,
  pagesPerBatchMax,
  unloadBodyBytesMax,
  type WireElement,
  type WirePage,
} from '../functions/contract/event.ts';
import { stringify } from './json.ts';

/** An element as a capture saw it; the batch puts the index of its page before it. */
export type SeenElement = [
  key: string,
  label: string,
  x: number,
  y: number,
  width: number,
  height: number,
  clickable: number,
];

/** What is the same in all batches of a load: format version, site's write key, load, page's origin, language. */
export type Head = Pick<Batch, 'v' | 'k' | 'l' | 'o' | 'g'>;

/** Events that wait to be sent together. */
export interface OpenBatch {
  events: readonly PulseEvent[];
  /**
   * Takes an event, filling in its time and index. False when it no longer fits: close this batch and begin another.
   * The page may still change (its title comes late) until the batch is closed.
   */
  add(event: PulseEvent, at: number, page: WirePage, element?: SeenElement): boolean;
  /** The fixed part of the request's body, a JSON object without `s` and `i`. */
  close(head: Head, number: number, at: number): string;
}

/**
 * Every batch is small enough for a beacon, since any of them may have to leave by one. What the head, the token, the times and
 * a title that grew late may need is set aside. No unit of a text takes more than three bytes.
 */
const contentUnitsMax = (unloadBodyBytesMax - 3_720) / 3;

export function createBatch(): OpenBatch {
  const pages: WirePage[] = [];
  const elements: WireElement[] = [];
  const events: PulseEvent[] = [];
  let units = 0;

  return {
    events,
    add(event, at, page, element) {
      const pageIndex = indexIn(pages, (each) => each === page);
      const index = element ? indexIn(elements, (each) => each[0] === pageIndex && each[1] === element[0]) : pageIndex;
      event[2] = index;
      const grown = units + stringify([event, !pages[pageIndex] && page, !elements[index] && element]).length;
      // With each element comes an event, so that their bound needs no check of its own.
      if (grown > contentUnitsMax || events.length >= eventsPerBatchMax || pageIndex >= pagesPerBatchMax) return false;
      units = grown;
      event[1] = at;
      pages[pageIndex] = page;
      if (element) elements[index] ||= [pageIndex, ...element];
      events[events.length] = event;
      return true;
    },
    close(head, number, at) {
      for (const event of events) event[1] = at - event[1];
      return stringify({ ...head, n: number, t: at, p: pages, e: elements, x: events });
    },
  };
}

/** Where the list has what is looked for; behind its end when it has not. */
function indexIn<T>(list: T[], isIt: (each: T) => boolean): number {
  const found = list.findIndex(isIt);
  return found < 0 ? list.length : found;
}
