import {
  type Batch,
  eventsPerBatchMax,
  type PulseEvent,
  pagesPerBatchMax,
  unloadBodyBytesMax,
  type WireElement,
  type WirePage,
} from '../functions/contract/event.ts';

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
  /**
   * Takes an event, filling in its time and index. False when it no longer fits: close this batch and begin another.
   * The page may still change (its title comes late) until the batch is closed.
   */
  add(event: PulseEvent, at: number, page: WirePage, element?: SeenElement): boolean;
  /** When the newest event happened; 0 when there is none. */
  newestAt(): number;
  /** The fixed part of the request's body, a JSON object without `s` and `i`. */
  close(head: Head, number: number, at: number): string;
}

/**
 * Every batch is small enough for a beacon, since any of them may have to leave by one. What the head, the token and a title
 * that grew late may need is set aside.
 */
const contentBytesMax = unloadBodyBytesMax - 2_720;

export function createBatch(): OpenBatch {
  const pages: WirePage[] = [];
  const elements: WireElement[] = [];
  const events: PulseEvent[] = [];
  let bytes = 0;
  let newestAt = 0;

  return {
    add(event, at, page, element) {
      const known = pages.indexOf(page);
      const pageIndex = known < 0 ? pages.length : known;
      const found = elements.findIndex((each) => each[0] === pageIndex && each[1] === element?.[0]);
      const isMention = element && found < 0;
      event[1] = at;
      event[2] = !element ? pageIndex : isMention ? elements.length : found;
      // With each element comes an event, so that their bound needs no check of its own.
      const grown = bytes + bytesOf([event, known < 0 && page, isMention && element]);
      if (grown > contentBytesMax || events.length >= eventsPerBatchMax || pageIndex >= pagesPerBatchMax) return false;
      bytes = grown;
      newestAt = at;
      pages[pageIndex] = page;
      if (isMention) elements.push([pageIndex, ...element]);
      events.push(event);
      return true;
    },
    newestAt: () => newestAt,
    close(head, number, at) {
      for (const event of events) event[1] = at - event[1];
      return JSON.stringify({ ...head, n: number, t: at, p: pages, e: elements, x: events });
    },
  };
}

function bytesOf(value: unknown): number {
  return new TextEncoder().encode(JSON.stringify(value)).length;
}
