import { clickFlag, kind } from '../../functions/contract/event.ts';
import { nearest, targetOf } from '../element-key.ts';
import { elementOf, on } from '../platform.ts';
import type { Pulse } from '../pulse.ts';
import { createRage } from './rage.ts';
import { addSpot } from './spot.ts';

/** Clicks and taps by people, and bursts of them. */
export function startClick(pulse: Pulse): void {
  const burstOf = createRage();
  let echo: Element | null | undefined;
  on('click auxclick', (event: PointerEvent) => {
    const element = elementOf(event);
    const echoed = echo;
    echo = undefined;
    // A click on a label is followed by one that the browser makes on its field: it is the same click.
    if (!element || !event.isTrusted || element === echoed || event.button > 2) return;
    const control = (nearest(element, 'label') as HTMLLabelElement | undefined)?.control;
    if (control !== element) echo = control;
    const { clientX, clientY, detail, button } = event;
    const isKeyboard = !detail && !button;
    const add = (what: typeof kind.click | typeof kind.rage, last: number) =>
      addSpot(pulse, what, targetOf(element), isKeyboard ? undefined : [clientX, clientY], last);
    add(
      kind.click,
      (event.pointerType === 'touch' ? clickFlag.touch : 0) +
        (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey ? clickFlag.modifier : 0) +
        (isKeyboard ? clickFlag.keyboard : 0) +
        // 1 is the middle button, 2 the right one.
        button * clickFlag.middle,
    );
    const burst = isKeyboard ? 0 : burstOf(event.timeStamp, clientX, clientY);
    if (burst) add(kind.rage, burst);
  });
}
