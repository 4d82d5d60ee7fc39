/** Makes sure that "now" is now: asks the stream for its progress when the newest instant known is old, and waits a moment for it. */
import { formatVersion } from '../contract/event.ts';
import { log } from '../log.ts';
import type { QueryPorts } from './query-ports.ts';

/** Younger than this counts as now. */
export const freshMs = 2_000;
export const waitMaxMs = 2_000;
const lookEveryMs = 100;

type ProgressPorts = Pick<QueryPorts, 'epoch' | 'progress' | 'stream' | 'ticks' | 'sleep'>;

/** Whether progress came within `waitMaxMs`. When it did not, the stream is late and the caller answers what it knows. */
export async function awaitProgress(site: string, now: number, ports: ProgressPorts): Promise<boolean> {
  await sendTick(site, now, ports);
  for (let waited = 0; waited < waitMaxMs; waited += lookEveryMs) {
    await ports.sleep(lookEveryMs);
    if ((await ports.progress.get(ports.epoch, site)) > now - freshMs) return true;
  }
  return false;
}

/** Asks for progress unless this instance has just done so. A stream that takes no tick is a late stream, not a failed request. */
export async function sendTick(site: string, now: number, ports: Pick<QueryPorts, 'stream' | 'ticks'>): Promise<void> {
  if (!ports.ticks.take(site, now)) return;
  try {
    await ports.stream.tick({ v: formatVersion, tick: site, receivedAt: now });
  } catch (error) {
    log.error('the stream took no tick', error, { site });
  }
}
