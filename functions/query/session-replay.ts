/** From a session's archived batches to what its replay is drawn from, beside the timeline. Pure. */
import { elementKinds, kind } from '../contract/event.ts';
import type { RecordElement, RecordPage, StreamRecord } from '../contract/record.ts';
import {
  pointerRestsMax,
  type ReplayElement,
  replayElementsMax,
  replayPagesMax,
  type SessionReplay,
} from '../contract/session-replay.ts';

type Batch = Pick<StreamRecord, 'load' | 'receivedAt' | 'pages' | 'elements' | 'events'>;

/**
 * Beyond a bound, what came first is kept.
 * @param batches of one load in the order of their numbers
 * @param loadOf a load's number in the timeline
 * @param isWithin whether an instant belongs to the session: a visitor's batch may hold parts of two
 */
export function sessionReplay(
  batches: readonly Batch[],
  loadOf: (load: string) => number,
  isWithin: (at: number) => boolean,
): SessionReplay {
  const pages: SessionReplay['pages'] = [];
  const rests: SessionReplay['rests'] = [];
  const elements = new Elements();
  for (const { load: name, receivedAt, ...batch } of batches) {
    const load = loadOf(name);
    for (const event of batch.events) {
      const at = receivedAt - event[1];
      const element = elementKinds.includes(event[0]) ? batch.elements[event[2]] : undefined;
      const page = batch.pages[element?.page ?? event[2]];
      if (!page || !isWithin(at)) continue;
      const last = pages.findLast((one) => one.load === load);
      const { path, device } = page;
      if (last?.path !== path || last.device !== device) pages.push({ since: at, load, path, device });
      const place = element ? elements.add(element, page) : -1;
      if (event[0] === kind.move && place >= 0) rests.push([at, load, place, event[3], event[4], event[5]]);
    }
  }
  return {
    pages: pages.sort((a, b) => a.since - b.since).slice(0, replayPagesMax),
    elements: elements.list,
    rests: rests.sort(([a], [b]) => a - b).slice(0, pointerRestsMax),
  };
}

/** Each element of a page on a class of devices once, where it was last seen. */
class Elements {
  readonly list: ReplayElement[] = [];
  private readonly places = new Map<string, number>();

  /** Its place in the list; −1 where there is no more room. */
  add({ key, label, box, clickable }: RecordElement, { path, device, viewportWidth }: RecordPage): number {
    const name = JSON.stringify([path, device, key]);
    const place = this.places.get(name) ?? this.list.length;
    if (place >= replayElementsMax) return -1;
    this.places.set(name, place);
    this.list[place] = { path, device, key, label, clickable, box, viewportWidth };
    return place;
  }
}
