/** `panes.js`: loaded by `s.js` when something in the page scrolls by itself, and never otherwise. */
import { startPanes } from './capture/panes.ts';
import { guard } from './platform.ts';
import type { Pulse } from './pulse.ts';

guard(() => {
  const script = document.currentScript as HTMLScriptElement & { pulse: Pulse };
  script.remove();
  startPanes(script.pulse);
})();
