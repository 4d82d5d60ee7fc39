import type { Accepted } from '../functions/contract/event.ts';
import { clearTimeout, fetch, guard, now, sendBeacon, setTimeout } from './platform.ts';
import type { Door } from './send.ts';

/** The way from a page to the endpoint. `text/plain` needs no preflight. */
export function createPageDoor(endpoint: string): Door {
  return {
    now,
    random: Math.random,
    later: (run, ms) => setTimeout(guard(run), ms),
    cancel: (timer) => clearTimeout(timer as number | undefined),
    async post(body) {
      const response = await fetch(endpoint, {
        method: 'POST',
        body,
        headers: { 'content-type': 'text/plain' },
        keepalive: true,
        credentials: 'omit',
      });
      const accepted: Accepted | undefined = response.ok ? await response.json() : undefined;
      return { status: response.status, retryAfterS: Number(response.headers.get('retry-after')) || 0, accepted };
    },
    beacon: (body) => sendBeacon(endpoint, body),
  };
}
