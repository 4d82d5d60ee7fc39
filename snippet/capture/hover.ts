import { clickStepPxMax } from '../../functions/contract/element-grid.ts';
import { kind } from '../../functions/contract/event.ts';
import { isClickable, targetOf } from '../element-key.ts';
import { elementOf, now, on } from '../platform.ts';
import type { Pulse } from '../pulse.ts';
import { isIgnored, spotIn } from './see-element.ts';

const hoverMsMin = 300;
const hoverMsMax = 60_000;
const hesitatedMsMin = 1_000;

/** How long a mouse or pen stayed over something clickable, and whether it went away without a click. */
export function startHover(pulse: Pulse): void {
  let over: Element | undefined;
  let since = 0;
  let isClicked = false;
  let x = 0;
  let y = 0;

  function enter(next?: Element) {
    const ms = Math.min(hoverMsMax, now() - since);
    if (over?.isConnected && ms >= hoverMsMin) {
      const spot = spotIn(over, clickStepPxMax, x, y);
      const hesitated = ms >= hesitatedMsMin && !isClicked ? 1 : 0;
      pulse.add([kind.hover, 0, 0, spot.col, spot.row, Math.round(ms), hesitated], spot.element);
    }
    over = next;
    since = now();
    isClicked = false;
  }

  on(window, 'pointerover', (event: PointerEvent) => {
    const element = elementOf(event);
    const target = element && event.pointerType !== 'touch' && !isIgnored(element) ? targetOf(element) : undefined;
    const next = target && isClickable(target) ? target : undefined;
    if (next !== over) enter(next);
  });
  on(window, 'pointermove', (event: PointerEvent) => {
    x = event.clientX;
    y = event.clientY;
  });
  on(window, 'click', () => {
    isClicked = true;
  });
  on(window, 'blur pagehide', () => enter());
  on(document, 'pointerleave visibilitychange', () => enter());
}
