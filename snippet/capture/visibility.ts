import { kind } from '../../functions/contract/event.ts';
import { on } from '../platform.ts';
import type { Pulse } from '../pulse.ts';

/** Says when the page is hidden, shown again and left: that is what "now" is counted from. */
export function startVisibility(pulse: Pulse): void {
  const hide = (why: typeof kind.hide | typeof kind.leave) => pulse.hide(why);
  on(document, 'visibilitychange', () => {
    if (document.visibilityState !== 'hidden') pulse.show();
    else if (pulse.isVisible()) hide(kind.hide);
  });
  // Kept for the back/forward cache, the page is only hidden. A page whose hiding was told leaves all the same.
  on(window, 'pagehide', (event: PageTransitionEvent) => {
    if (!event.persisted) hide(kind.leave);
    else if (pulse.isVisible()) hide(kind.hide);
  });
  on(window, 'pageshow', (event: PageTransitionEvent) => {
    if (event.persisted && !pulse.isVisible()) pulse.show();
  });
  // Opened in the background: viewed, but not there yet.
  if (document.visibilityState === 'hidden') hide(kind.hide);
}
