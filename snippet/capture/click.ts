import { clickFlag, kind } from '../../functions/contract/event.ts';
import { nearest, targetOf } from '../element-key.ts';
import { elementOf, on } from '../platform.ts';
import type { Pulse } from '../pulse.ts';
import { startDead } from './dead.ts';
import { followLink } from './outbound.ts';
import { createRage } from './rage.ts';
import { spotIn } from './spot.ts';

/** Clicks and taps by people, bursts of them, and where they lead. */
export function startClick(pulse: Pulse): void {
  const burstOf = createRage();
  const judge = startDead();
  let echo: Element | null | undefined;
  /** Whether a finger pressed last: in Safari a click did not say for long what it was made by. */
  let isTouch = false;
  on('pointerdown keydown', ({ pointerType }: PointerEvent) => {
    isTouch = pointerType === 'touch';
    // Where the page prevents it, the browser makes none: a press begins another click.
    echo = undefined;
  });
  on('click auxclick', (event: PointerEvent) => {
    const { button } = event;
    const element = elementOf(event);
    const echoed = echo;
    echo = undefined;
    // A click on a label is followed by one that the browser makes on its field: it is the same click.
    if (!element || !event.isTrusted || element === echoed || button > 2) return;
    const control = (nearest(element, 'label') as HTMLLabelElement | undefined)?.control;
    if (control !== element) echo = control;
    const isKeyboard = !event.detail && !button;
    const add = spotIn(pulse, targetOf(element), isKeyboard ? undefined : event);
    const isModified = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
    add(
      kind.click,
      // The first bit is a finger's.
      +isTouch +
        +isModified * clickFlag.modifier +
        +isKeyboard * clickFlag.keyboard +
        // 1 is the middle button, 2 the right one.
        button * clickFlag.middle,
    );
    const burst = isKeyboard ? 0 : burstOf(event);
    if (burst) add(kind.rage, burst);
    if (button < 2) followLink(pulse, element);
    if (!button && !isModified) judge(event, element, add);
  });
}
