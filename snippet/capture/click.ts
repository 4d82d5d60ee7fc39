import { clickStepPxMax } from '../../functions/contract/element-grid.ts';
import { clickFlag, kind } from '../../functions/contract/event.ts';
import { nearest, targetOf } from '../element-key.ts';
import { elementOf, on } from '../platform.ts';
import type { Pulse } from '../pulse.ts';
import { createRage } from './rage.ts';
import { isIgnored, spotIn } from './see-element.ts';

/** Clicks and taps by people, and bursts of them. */
export function startClick(pulse: Pulse): void {
  const burstOf = createRage();
  let control: Element | null | undefined;
  let pointerType = '';
  on(window, 'pointerdown', (event: PointerEvent) => {
    pointerType = event.pointerType;
  });
  on(window, 'click auxclick', (event: PointerEvent) => {
    const element = elementOf(event);
    const echoed = control;
    control = undefined;
    // A click on a label is followed by one that the browser makes on its field: it is the same click.
    if (!element || !event.isTrusted || element === echoed || isIgnored(element)) return;
    const label = nearest(element, 'label') as HTMLLabelElement | undefined;
    if (label?.control !== element) control = label?.control;
    const isKeyboard = !event.detail && event.type === 'click';
    const spot = isKeyboard
      ? spotIn(targetOf(element), clickStepPxMax)
      : spotIn(targetOf(element), clickStepPxMax, event.clientX, event.clientY);
    const flags =
      ((event.pointerType || pointerType) === 'touch' ? clickFlag.touch : 0) |
      (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey ? clickFlag.modifier : 0) |
      (isKeyboard ? clickFlag.keyboard : 0) |
      (event.button === 1 ? clickFlag.middle : event.button === 2 ? clickFlag.right : 0);
    pulse.add([kind.click, 0, 0, spot.col, spot.row, flags], spot.element);
    const burst = isKeyboard ? 0 : burstOf(event.timeStamp, event.clientX, event.clientY);
    if (burst) pulse.add([kind.rage, 0, 0, spot.col, spot.row, burst], spot.element);
  });
}
