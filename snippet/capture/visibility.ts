import { kind } from '../../functions/contract/event.ts';
import { on } from '../platform.ts';
import type { Pulse } from '../pulse.ts';

/**
 * Says when the page is hidden, shown again and left: that is what "now" is counted from.
 * @param restored called when the page comes back from the back/forward cache
 */
export function startVisibility(pulse: Pulse, restored: () => void): void {
  function look(event?: Partial<PageTransitionEvent>) {
    const isGone = event?.type === 'pagehide';
    // Kept for the back/forward cache, the page is only hidden. A page whose hiding was told leaves all the same.
    if (isGone && !event.persisted) pulse.hide(kind.leave);
    else if (isGone || document.visibilityState === 'hidden') {
      if (pulse.isVisible()) pulse.hide(kind.hide);
    } else if (!pulse.isVisible()) pulse.show();
    if (event?.type === 'pageshow' && event.persisted) restored();
  }
  on('visibilitychange pagehide pageshow', look);
  // Opened in the background: viewed, but not there yet.
  look();
}
