import { kind } from '../../functions/contract/event.ts';
import { nearest } from '../element-key.ts';
import { elementOf, now, on } from '../platform.ts';
import type { Pulse } from '../pulse.ts';
import { addSpot } from './spot.ts';

const restMsMin = 100;
const restMsMax = 10_000;
/** A pointer within this distance of where it came to rest is still there. */
const restPx = 8;
const containers = 'header,nav,main,section,article,aside,footer,form,dialog,body';

/** The spots where a mouse or pen came to rest, inside the nearest section of the page. */
export function startMove(pulse: Pulse): void {
  let target: Element | undefined;
  let at: [x: number, y: number] = [0, 0];
  let since = 0;
  let toldMs = 0;
  let speed = 0;
  let left: [x: number, y: number, when: number] = [0, 0, 0];

  const distance = (x: number, y: number) => Math.hypot(at[0] - x, at[1] - y);

  /** Tells how long the pointer has rested since this was last told. */
  function tell() {
    const ms = Math.min(restMsMax - toldMs, now() - since);
    if (ms < restMsMin || !target) return;
    if (!toldMs) speed = (distance(left[0], left[1]) * 1_000) / (since - left[2] + 1);
    addSpot(pulse, kind.move, nearest(target, containers) || document.body, at, ms, speed);
    toldMs += ms;
    since = now();
    left = [...at, since];
  }

  on('pointermove scroll blur pointerout', (event: PointerEvent) => {
    const { type, clientX, clientY, pointerType, relatedTarget } = event;
    const isMove = type === 'pointermove' && pointerType !== 'touch';
    // What lies under a resting pointer changes when the page scrolls, and nothing does when the pointer has left it.
    if (isMove ? target && distance(clientX, clientY) <= restPx : relatedTarget || /m/.test(type)) return;
    tell();
    target = isMove ? elementOf(event) : undefined;
    at = [clientX, clientY];
    since = now();
    toldMs = 0;
  });
  pulse.collect(tell);
}
