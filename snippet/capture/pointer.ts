import { kind } from '../../functions/contract/event.ts';
import { clickable, nearest } from '../element-key.ts';
import { elementOf, now, on } from '../platform.ts';
import type { Pulse } from '../pulse.ts';
import { addSpot, type Cell, cellIn } from './spot.ts';

const hoverMsMin = 300;
const hoverMsMax = 60_000;
const hesitatedMsMin = 1_000;
const restMsMin = 100;
const restMsMax = 10_000;
/** A pointer within this distance of where it came to rest is still there. */
const restPx = 8;
const containers = 'header,nav,main,section,article,aside,footer,form,dialog,body';

/**
 * Where a mouse or pen came to rest, inside the nearest section of the page; and how long it stayed over something clickable,
 * and whether it went away without a click.
 * @returns tells how long the pointer has rested since this was last told
 */
export function startPointer(pulse: Pulse): () => void {
  /** The section that the pointer rests in, and where in it that was when it came to rest: a page that moves takes it along. */
  let section: Element | undefined;
  let cell: Cell;
  /** What it rests on, as listeners outside of shadow trees know it. */
  let under: EventTarget | null;
  let at: [x: number, y: number] = [0, 0];
  let since = 0;
  let toldMs = 0;
  let speed = 0;
  let left: [x: number, y: number, when: number] = [0, 0, 0];
  /** What the pointer is over that could be clicked, and where in it. */
  let over: Element | undefined;
  let overCell: Cell;
  let overSince = 0;
  let isClicked = false;

  const distance = ([x, y]: readonly [number, number, number?], event: MouseEvent) =>
    Math.hypot(event.clientX - x, event.clientY - y);

  /** Whether it leaves a resting pointer alone: a scroll of something else, the blur of a field, a `pointerout` to what is beside. */
  function isElsewhere({ type, target, relatedTarget }: MouseEvent) {
    if (type === 'scroll') return !(target as Node).contains(under as Node);
    return type === 'blur' ? target !== window : relatedTarget;
  }

  function tell() {
    const ms = Math.min(restMsMax - toldMs, now() - since);
    if (ms < restMsMin || !section) return;
    addSpot(pulse, kind.move, section, cell, ms, speed);
    toldMs += ms;
    since = now();
    left = [...at, since];
  }

  on('pointermove pointerover pointerout scroll blur pagehide', (event: PointerEvent) => {
    const { type, clientX, clientY } = event;
    const isHere = /ve/.test(type);
    if (event.pointerType === 'touch' || (!isHere && isElsewhere(event))) return;
    const element = isHere ? elementOf(event) : undefined;
    const next = nearest(element, clickable);
    if (next !== over && type !== 'scroll') {
      const ms = now() - overSince;
      if (over && ms >= hoverMsMin) {
        addSpot(pulse, kind.hover, over, overCell, Math.min(hoverMsMax, ms), +(ms >= hesitatedMsMin && !isClicked));
      }
      over = next;
      overSince = now();
      isClicked = false;
    }
    if (next) overCell = cellIn(next, clientX, clientY);
    if (isHere && section && distance(at, event) <= restPx) return;
    // What lies under a resting pointer changes when the page scrolls, and nothing does when the pointer has left it.
    tell();
    section = element && (nearest(element, containers) || document.body);
    under = event.target;
    since = now();
    toldMs = 0;
    if (!section) return;
    cell = cellIn(section, clientX, clientY);
    at = [clientX, clientY];
    speed = Math.round((distance(left, event) * 1_000) / (since - left[2] + 1));
  });
  on('click', () => {
    isClicked = true;
  });
  return tell;
}
