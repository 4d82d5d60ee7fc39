import { kind } from '../../functions/contract/event.ts';
import { isClickable, targetOf } from '../element-key.ts';
import { elementOf, now, on } from '../platform.ts';
import type { Pulse } from '../pulse.ts';
import { addSpot } from './spot.ts';

const hoverMsMin = 300;
const hoverMsMax = 60_000;
const hesitatedMsMin = 1_000;

/** How long a mouse or pen stayed over something clickable, and whether it went away without a click. */
export function startHover(pulse: Pulse): void {
  let over: Element | undefined;
  let since = 0;
  let isClicked = false;
  let at: [x: number, y: number] = [0, 0];

  on('pointerover pointerout blur pagehide', (event: PointerEvent) => {
    const element = event.type === 'pointerover' && event.pointerType !== 'touch' ? elementOf(event) : undefined;
    // Every `pointerover` has its `pointerout` before it; only the one with no other side leaves the page.
    if (!element && event.relatedTarget) return;
    const target = element && targetOf(element);
    const next = target && isClickable(target) ? target : undefined;
    if (next === over) return;
    const ms = now() - since;
    if (over && ms >= hoverMsMin) {
      addSpot(pulse, kind.hover, over, at, Math.min(hoverMsMax, ms), ms >= hesitatedMsMin && !isClicked ? 1 : 0);
    }
    over = next;
    since = now();
    isClicked = false;
  });
  on('pointermove click', (event: PointerEvent) => {
    at = [event.clientX, event.clientY];
    isClicked ||= event.type === 'click';
  });
}
