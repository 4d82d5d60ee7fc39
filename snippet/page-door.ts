import { clearTimeout, fetch, guard, later, now, sendBeacon } from './platform.ts';
import { type Door, patienceMs } from './send.ts';

/** The way from a page to the endpoint. `text/plain`, which is what a text is sent as, needs no preflight. */
export function createPageDoor(endpoint: string | URL): Door {
  return {
    now,
    random: Math.random,
    later,
    // The browser refuses to be called as a method of anything else than its window.
    cancel: guard((timer) => clearTimeout(timer as number | undefined)),
    async post(body) {
      const response = await fetch(endpoint, {
        method: 'POST',
        body,
        keepalive: true,
        signal: AbortSignal.timeout?.(patienceMs),
      });
      return {
        status: response.status,
        retryAfterS: +(response.headers.get('retry-after') as string) || 0,
        accepted: response.ok ? await response.json() : undefined,
      };
    },
    // Offline, the browser takes a beacon and loses it.
    beacon: guard((body) => sendBeacon.call(navigator, endpoint, body) && navigator.onLine),
  };
}
