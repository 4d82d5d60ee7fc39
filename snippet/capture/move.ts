import { moveStepPxMax } from '../../functions/contract/element-grid.ts';
import { kind, pixelsMax } from '../../functions/contract/event.ts';
import { nearest } from '../element-key.ts';
import { elementOf, now, on } from '../platform.ts';
import type { Pulse } from '../pulse.ts';
import { isIgnored, spotIn } from './see-element.ts';

const restMsMin = 100;
const restMsMax = 10_000;
/** A pointer within this distance of where it came to rest is still there. */
const restPx = 8;
const containers = 'header,nav,main,section,article,aside,footer,form,dialog,body';

/** The spots where a mouse or pen came to rest, inside the nearest section of the page. */
export function startMove(pulse: Pulse): void {
  let target: Element | undefined;
  let x = 0;
  let y = 0;
  let since = 0;
  let toldMs = 0;
  let speed = 0;
  let leftX = 0;
  let leftY = 0;
  let leftAt = 0;

  /** Tells how long the pointer has rested since this was last told. */
  function tell() {
    const ms = Math.min(restMsMax - toldMs, now() - since);
    const container = nearest(target, containers) || document.body;
    if (ms < restMsMin || !target?.isConnected || isIgnored(target)) return;
    if (!toldMs)
      speed = Math.min(pixelsMax, Math.round((Math.hypot(x - leftX, y - leftY) * 1000) / Math.max(1, since - leftAt)));
    const spot = spotIn(container, moveStepPxMax, x, y);
    pulse.add([kind.move, 0, 0, spot.col, spot.row, Math.round(ms), speed], spot.element);
    toldMs += ms;
    since = now();
    leftX = x;
    leftY = y;
  }

  on(window, 'pointermove', (event: PointerEvent) => {
    if (event.pointerType === 'touch') return;
    const { clientX, clientY } = event;
    if (target && Math.hypot(clientX - x, clientY - y) <= restPx) return;
    tell();
    if (toldMs) leftAt = now();
    target = elementOf(event);
    x = clientX;
    y = clientY;
    since = now();
    toldMs = 0;
  });
  const end = () => {
    tell();
    target = undefined;
  };
  // What lies under a resting pointer changes with these.
  on(window, 'scroll blur', end);
  on(document, 'pointerleave', end);
  pulse.collect(tell);
}
