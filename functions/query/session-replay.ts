/** What a session's replay is drawn from, beside the timeline. Pure. */
import { elementKinds, kind } from '../contract/event.ts';
import type { RecordElement, RecordPage } from '../contract/record.ts';
import {
  pointerRestsMax,
  type ReplayElement,
  replayElementsMax,
  replayPagesMax,
  type SessionReplay,
} from '../contract/session-replay.ts';
import { bytesInAnswer, firstThatFit } from './answer-bytes.ts';
import type { SessionMoment } from './session-moments.ts';

/** Of an answer's bytes: ordinary names take a quarter of it. */
const elementBytesMax = 1_500_000;
const pageBytesMax = 400_000;

/** @param moments of the session, oldest first. Beyond a bound, what came first is kept. */
export function sessionReplay(moments: readonly SessionMoment[]): SessionReplay {
  const pages: SessionReplay['pages'] = [];
  const rests: SessionReplay['rests'] = [];
  const elements = new Elements();
  for (const { at, load, event, record } of moments) {
    const element = elementKinds.includes(event[0]) ? record.elements[event[2]] : undefined;
    const page = record.pages[element?.page ?? event[2]];
    if (!page) continue;
    const last = pages.findLast((one) => one.load === load);
    const { path, device } = page;
    if (last?.path !== path || last.device !== device) pages.push({ since: at, load, path, device });
    const place = element ? elements.add(element, page) : -1;
    if (event[0] === kind.move && place >= 0) rests.push([at, load, place, event[3], event[4], event[5]]);
  }
  return {
    pages: firstThatFit(pages.slice(0, replayPagesMax), pageBytesMax),
    elements: elements.list,
    rests: rests.slice(0, pointerRestsMax),
  };
}

/** Each element of a page on a class of devices once, where it was last seen. */
class Elements {
  readonly list: ReplayElement[] = [];
  private readonly places = new Map<string, number>();
  private bytes = 0;

  /** Its place in the list; −1 where there is no more room. */
  add({ key, label, box, clickable }: RecordElement, { path, device, viewportWidth }: RecordPage): number {
    const name = JSON.stringify([path, device, key]);
    const place = this.places.get(name) ?? this.list.length;
    const element = { path, device, key, label, clickable, box, viewportWidth };
    if (!this.places.has(name)) {
      this.bytes += bytesInAnswer(`${JSON.stringify(element)},`);
      if (place >= replayElementsMax || this.bytes > elementBytesMax) return -1;
      this.places.set(name, place);
    }
    this.list[place] = element;
    return place;
  }
}
