import {
  elementsPerBatchMax,
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

/** What stays the same for all batches of a load. */
export interface Identity {
  /** The site's write key. */
  site: string;
  /** 16 hex digits. */
  load: string;
  origin: string;
  language: string;
}

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
  close(identity: Identity, number: number, at: number): string;
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
  const places = new Map<string, number>();
  let bytes = 0;
  let newest = 0;

  return {
    add(event, at, page, element) {
      let pageIndex = pages.indexOf(page);
      const isNewPage = pageIndex < 0;
      if (isNewPage) pageIndex = pages.length;
      const name = pageIndex + (element?.[0] ?? '');
      const place = places.get(name);
      const mention = element && place === undefined ? ([pageIndex, ...element] satisfies WireElement) : undefined;
      event[1] = at;
      event[2] = element ? (place ?? elements.length) : pageIndex;
      const grown = bytes + bytesOf(event) + (isNewPage ? bytesOf(page) : 0) + (mention ? bytesOf(mention) : 0);
      if (
        grown > contentBytesMax ||
        events.length >= eventsPerBatchMax ||
        pageIndex >= pagesPerBatchMax ||
        (mention && elements.length >= elementsPerBatchMax)
      ) {
        return false;
      }
      bytes = grown;
      newest = at;
      if (isNewPage) pages.push(page);
      if (mention) {
        places.set(name, elements.length);
        elements.push(mention);
      }
      events.push(event);
      return true;
    },
    newestAt: () => newest,
    close(identity, number, at) {
      // The clock may have been set back meanwhile: an age is never below 0.
      for (const event of events) event[1] = Math.max(0, Math.round(at - event[1]));
      return JSON.stringify({
        v: 1,
        k: identity.site,
        l: identity.load,
        n: number,
        t: at,
        o: identity.origin,
        g: identity.language,
        p: pages,
        e: elements,
        x: events,
      });
    },
  };
}

function bytesOf(value: unknown): number {
  return new TextEncoder().encode(JSON.stringify(value)).length + 1;
}
