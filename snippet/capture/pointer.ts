import { kind } from '../../functions/contract/event.ts';
import { clickable, nearest } from '../element-key.ts';
import { elementOf, now, on } from '../platform.ts';
import type { Pulse } from '../pulse.ts';
import { type AddAt, distance, type Point, spotIn } from './spot.ts';

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
  /** Where the pointer rests, in the section around it. */
  let rest: AddAt | undefined;
  /** What is there, as listeners outside of shadow trees know it. */
  let under: EventTarget | null;
  let at: Point = { clientX: 0, clientY: 0 };
  let since = 0;
  let toldMs = 0;
  let speed = 0;
  let left = at;
  let leftAt = 0;
  /** What the pointer is over that could be clicked, and where in it. */
  let over: Element | undefined;
  let hover: AddAt;
  let overSince = 0;
  let isClicked = false;

  function tell() {
    const ms = Math.min(restMsMax - toldMs, now() - since);
    if (ms < restMsMin || !rest) return;
    rest(kind.move, ms, speed);
    toldMs += ms;
    left = at;
    leftAt = since = now();
  }

  function end() {
    tell();
    rest = undefined;
  }

  function enter(next?: Element) {
    if (next === over) return;
    const ms = now() - overSince;
    if (over && ms >= hoverMsMin) hover(kind.hover, Math.min(hoverMsMax, ms), +(ms >= hesitatedMsMin && !isClicked));
    over = next;
    overSince = now();
    isClicked = false;
  }

  on('pointermove pointerover', (event: PointerEvent) => {
    if (event.pointerType === 'touch') return;
    const element = elementOf(event);
    enter(nearest(element, clickable));
    if (over) hover = spotIn(pulse, over, event);
    if (rest && distance(at, event) <= restPx) return;
    end();
    if (!element) return;
    rest = spotIn(pulse, nearest(element, containers) || document.body, event);
    under = event.target;
    at = event;
    since = now();
    toldMs = 0;
    speed = Math.round((distance(left, event) * 1_000) / (since - leftAt + 1));
  });
  // Of what scrolls, only what holds the spot moves it away from under the pointer.
  on('scroll', ({ target }) => {
    if ((target as Node).contains(under as Node)) end();
  });
  on('pointerout blur pagehide', ({ type, target, relatedTarget }: PointerEvent) => {
    // Only the `pointerout` with no other side leaves the page, and only the window's own `blur`.
    if (relatedTarget || (type === 'blur' && target !== window)) return;
    enter();
    end();
  });
  on('click', () => {
    isClicked = true;
  });
  return tell;
}
