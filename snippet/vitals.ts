/** `vitals.js`: loaded by `s.js` where its element has `data-vitals`, and never otherwise. */
import { startVitals } from './capture/vitals.ts';
import { guard } from './platform.ts';
import type { Pulse } from './pulse.ts';

guard(() => {
  const script = document.currentScript as HTMLScriptElement & { pulse: Pulse; isWaiting: boolean };
  script.remove();
  startVitals(script.pulse, script.isWaiting);
})();
