import { type Batch, formatVersion, kind, navigation } from '../contract/event.ts';
import { defaultPathRules, type SiteConfig } from '../contract/site.ts';

/** Nobody is a member of it, so it is on nobody's list. */
export const canarySite = 'sitepulse-canary';
export const canaryWriteKey = 'sitepulse-canary';
/** Reserved for never being anybody's: RFC 2606. */
export const canaryOrigin = 'https://canary.sitepulse.invalid';

export const canaryConfig: SiteConfig = {
  site: canarySite,
  version: 1,
  name: 'Canary',
  zone: 'UTC',
  origins: [canaryOrigin],
  pathRules: defaultPathRules,
  watchedRequestsPerSecondMax: 1,
  // There is no page behind it.
  captures: { enabled: false },
};

export interface CanaryPorts {
  /** Sends a batch as a page would, and resolves to the status of the answer. */
  send(batch: Batch): Promise<number>;
  /** The hidden site's page views in the hour of this instant and in the next. */
  pageViews(at: number): Promise<number>;
  clock(): number;
  sleep(ms: number): Promise<void>;
}

export interface Flight {
  /** From sending until the counter told of it, ms; null: it did not in time. */
  ms: number | null;
}

const lookEveryMs = 250;

/**
 * Sends one page view and waits until its counter has moved.
 * @param load 16 hex digits of its own
 * @throws Error when the batch was not accepted, or what a port throws.
 */
export async function fly(load: string, waitMsMax: number, ports: CanaryPorts): Promise<Flight> {
  const sentAt = ports.clock();
  const before = await ports.pageViews(sentAt);
  const status = await ports.send(batchOf(load, ports.clock()));
  if (status !== 202) throw new Error(`the canary's batch was answered ${status}`);
  while (ports.clock() - sentAt < waitMsMax) {
    if ((await ports.pageViews(sentAt)) > before) return { ms: ports.clock() - sentAt };
    await ports.sleep(lookEveryMs);
  }
  return { ms: null };
}

function batchOf(load: string, now: number): Batch {
  return {
    v: formatVersion,
    k: canaryWriteKey,
    l: load,
    n: 0,
    t: now,
    s: now,
    o: canaryOrigin,
    g: 'en',
    p: [['/', 'Canary', '', 1280, 800, 800, []]],
    e: [],
    x: [
      [kind.view, 0, 0, navigation.load],
      [kind.leave, 0, 0],
    ],
  };
}
