import { kind } from '../../functions/contract/event.ts';
import type { SeenElement } from '../batch.ts';
import { guard, now, on } from '../platform.ts';
import type { Pulse } from '../pulse.ts';
import { Bands } from './bands.ts';
import { activeMs } from './reading.ts';
import { scroller } from './scroller.ts';
import { seenElement } from './spot.ts';

/** What may be a pane: how far somebody has got in their own text is theirs. */
const candidates = 'body :not(textarea,select,[data-sp-ignore],[data-sp-ignore] *)';
const heightPxMin = 100;
/** A pane of which less than a tenth is hidden is as good as read when it is seen. */
const heldShareMin = 1.1;
/** Of a page view, first come, first served. */
const panesMax = 8;

interface Pane {
  element: Element;
  /** As it was when it was found: a pane that is taken out of the page has no place any more. */
  seen: SeenElement;
  bands: Bands;
}

/**
 * Counts how the panes of a page are read, in page views in which somebody scrolls any of them, from then on: which bands of what
 * a pane holds are on screen, and for how long. The pane that stands for the document is none of them; those in shadow trees are
 * none, since nobody outside hears that they scroll.
 *
 * It stands between the snippet and its pulse, to hear in time what the pulse is told.
 */
export function startPanes(pulse: Pulse): void {
  const { view, touch } = pulse;
  let panes: Pane[] = [];
  let settledAt = now();

  /** As `reading.ts` does for the page. */
  function settle() {
    const ms = Math.min(now(), pulse.touchedAt() + activeMs) - settledAt;
    settledAt = now();
    if (pulse.isVisible() && ms > 0) for (const { bands } of panes) bands.spend(ms);
  }

  function isPane(element: Element, main = scroller()) {
    const { clientHeight, scrollHeight } = element;
    return (
      element !== main &&
      clientHeight >= heightPxMin &&
      scrollHeight > clientHeight * heldShareMin &&
      /auto|scroll/.test(getComputedStyle(element).overflowY)
    );
  }

  function find() {
    const main = scroller();
    for (const element of document.querySelectorAll(candidates)) {
      if (panes.length >= panesMax) break;
      if (!isPane(element, main) || panes.some((pane) => pane.element === element)) continue;
      panes.push({ element, seen: seenElement(element), bands: new Bands() });
    }
  }

  function look() {
    settle();
    for (const { element, bands } of panes) {
      const { scrollTop, clientHeight, scrollHeight } = element;
      const { left, top, width } = element.getBoundingClientRect();
      const from = Math.max(0, -top);
      const to = Math.min(clientHeight, innerHeight - top);
      // Something may lie over it, or it does not show at all.
      const shown = document.elementFromPoint(left + width / 2, top + (from + to) / 2);
      const isInView = from < to && element.contains(shown);
      bands.show(scrollTop + from, isInView ? scrollTop + to : 0, scrollHeight);
    }
    pulse.wake();
  }

  function tell() {
    if (panes[0]) find();
    look();
    for (const { element, seen, bands } of panes) {
      bands.tellReached((from, to, isFirst) =>
        // How much it holds tells how much of it shows at once, and that it is a view of it.
        pulse.add([kind.paneReach, 0, 0, from, to, isFirst ? element.scrollHeight : 0], seen),
      );
      const pairs = bands.takeMs();
      if (pairs[0] !== undefined) pulse.add([kind.paneBands, 0, 0, pairs], seen);
    }
  }

  pulse.view = (page, how) => {
    view(page, how);
    panes = [];
  };
  pulse.touch = () => {
    settle();
    touch();
  };
  pulse.collect(guard(tell));
  const heard = ({ target }: Event) => {
    // The page is looked through for the scroll of a pane alone: a text field or a ticker may scroll with every frame.
    const element = target as Element;
    if (!panes[0] && element.matches?.(candidates) && isPane(element)) find();
    look();
  };
  on('scroll resize', heard);
  find();
  look();
}
