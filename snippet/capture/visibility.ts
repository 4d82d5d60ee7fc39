import { kind } from '../../functions/contract/event.ts';
import { on } from '../platform.ts';
import type { Pulse } from '../pulse.ts';

/**
 * Says when the page is hidden, shown again and left: that is what "now" is counted from.
 * @param first called before all else: the page may be ready to be viewed, and must be when it is left
 * @param restored called when the page comes back from the back/forward cache
 * @returns to be called after each view: opened in the background, a page is viewed, but not there yet
 */
export function startVisibility(pulse: Pulse, first: (isLeaving: boolean) => void, restored: () => void): () => void {
  function look({ type, persisted }: Partial<PageTransitionEvent> = {}) {
    const isGone = type === 'pagehide';
    first(isGone);
    if (!pulse.current()) return;
    // Kept for the back/forward cache, the page is only hidden. A page whose hiding was told leaves all the same.
    if (isGone && !persisted) pulse.hide(kind.leave);
    else if (isGone || document.visibilityState === 'hidden') {
      if (pulse.isVisible()) pulse.hide(kind.hide);
    } else if (!pulse.isVisible()) pulse.show();
    if (persisted && !isGone) restored();
  }
  on('DOMContentLoaded prerenderingchange visibilitychange pagehide pageshow', look);
  return look;
}
