import { kind } from '../../functions/contract/event.ts';
import { clickable, nearest } from '../element-key.ts';
import { elementOf, now, on } from '../platform.ts';
import type { Pulse } from '../pulse.ts';
import { addSpot } from './spot.ts';

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
  /** What the pointer rests on. */
  let target: Element | undefined;
  let at: [x: number, y: number] = [0, 0];
  let since = 0;
  let toldMs = 0;
  let speed = 0;
  let left: [x: number, y: number, when: number] = [0, 0, 0];
  /** What the pointer is over that could be clicked. */
  let over: Element | undefined;
  let overSince = 0;
  let isClicked = false;

  const distance = ([x, y]: readonly [number, number, number?], event: MouseEvent) =>
    Math.hypot(event.clientX - x, event.clientY - y);

  function tell() {
    const ms = Math.min(restMsMax - toldMs, now() - since);
    if (ms < restMsMin || !target) return;
    addSpot(pulse, kind.move, nearest(target, containers) || document.body, at, ms, speed);
    toldMs += ms;
    since = now();
    left = [...at, since];
  }

  on('pointermove pointerover pointerout scroll blur pagehide', (event: PointerEvent) => {
    const isHere = /ve/.test(event.type);
    // Only the `pointerout` with no other side leaves the page.
    if (event.pointerType === 'touch' || (!isHere && event.relatedTarget)) return;
    const element = isHere ? elementOf(event) : undefined;
    const next = nearest(element, clickable);
    if (next !== over && event.type !== 'scroll') {
      const ms = now() - overSince;
      if (over && ms >= hoverMsMin) {
        addSpot(pulse, kind.hover, over, at, Math.min(hoverMsMax, ms), +(ms >= hesitatedMsMin && !isClicked));
      }
      over = next;
      overSince = now();
      isClicked = false;
    }
    if (isHere && target && distance(at, event) <= restPx) return;
    // What lies under a resting pointer changes when the page scrolls, and nothing does when the pointer has left it.
    tell();
    target = element;
    since = now();
    toldMs = 0;
    if (!isHere) return;
    at = [event.clientX, event.clientY];
    speed = Math.round((distance(left, event) * 1_000) / (since - left[2] + 1));
  });
  on('click', () => {
    isClicked = true;
  });
  return tell;
}
