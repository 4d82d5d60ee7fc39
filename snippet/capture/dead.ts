import { kind } from '../../functions/contract/event.ts';
import { nearest } from '../element-key.ts';
import { clearTimeout, elementOf, guard, later, on } from '../platform.ts';
import type { AddAt } from './spot.ts';

/**
 * Dead clicks: clicks that nothing follows. The rules are those that posthog-js documents for its own, drawn a little closer:
 * - alive when the document changes within 2.5 s (or has since the press: menus open on it), scrolls or selects text within
 *   100 ms, has another address by then, or is left;
 * - alive when the window or page gains or loses focus or is hidden from 1 s before the click on, or a field or button does after
 *   it; or when the browser shows something by itself: a refusal to submit, a popover, a player that starts or stops;
 * - never judged: clicks with a modifier key or another button than the first, links that lead elsewhere (downloads too), fields,
 *   surfaces that show what no document knows of, the bare page;
 * - a click that another follows within 2.5 s is judged with it: of a burst, only the last can be dead.
 */
const decidedMs = 2_500;
const atOnceMs = 100;
const turnedMs = 1_000;
const unjudged = 'input,select,textarea,label,[contenteditable],canvas,video,audio,embed,a[href]';

const isSelected = () => getSelection()?.type === 'Range';

/** @returns to be told of each click that may be dead, the innermost element under it, and what adds to its spot */
export function startDead(): (event: MouseEvent, element: Element, add: AddAt) => void {
  let observer: MutationObserver | undefined;
  let timer: number | undefined;
  let isChanged = false;
  let clickedAt = 0;
  let turnedAt = -turnedMs;

  /** Until the first change, or the decision. */
  function observe(event: Event) {
    observer?.disconnect();
    isChanged = false;
    observer = new MutationObserver(
      guard(() => {
        isChanged = true;
        observer?.disconnect();
        clearTimeout(timer);
      }),
    );
    for (let at = elementOf(event); at; ) {
      const root = at.getRootNode();
      observer.observe(root, { subtree: true, childList: true, attributes: true, characterData: true });
      at = (root as ShadowRoot).host;
    }
  }

  on('pointerdown', observe);
  on('scroll selectionchange', ({ type, timeStamp }) => {
    if (timeStamp < clickedAt + atOnceMs && (type === 'scroll' || isSelected())) clearTimeout(timer);
  });
  on('focus blur visibilitychange pagehide submit invalid toggle play pause', ({ target, timeStamp }) => {
    clearTimeout(timer);
    if (!(target as Element).closest) turnedAt = timeStamp;
  });
  return (event, element, add) => {
    clearTimeout(timer);
    clickedAt = event.timeStamp;
    // A key presses no pointer.
    if (!event.detail) observe(event);
    const watch = observer;
    const { href } = location;
    const found = nearest(element, unjudged) as HTMLAnchorElement | undefined;
    const isElsewhere = found && !/^java/.test(found.href) && found.href?.split('#')[0] !== href.split('#')[0];
    const isTurned = clickedAt < turnedAt + turnedMs;
    if (isChanged || isTurned || isElsewhere || isSelected() || element.matches('html,body')) return;
    timer = later(() => {
      // For the next click, something may have been pressed already: that watch goes on.
      watch?.disconnect();
      if (location.href === href) add(kind.dead);
    }, decidedMs);
  };
}
