/**
 * Removes sites that were deleted. A first sweep takes at once what is there; a last one begins when everything that had been accepted
 * has been counted and archived, and takes what had been on its way. Each step is small and remembered, so a run that ends anywhere is
 * gone on with by the next; only when nothing is left is the erasure itself forgotten.
 */
import { formatVersion } from '../contract/event.ts';
import { log } from '../log.ts';
import { noAccess } from '../sites/access.ts';
import type { AccessStore } from '../sites/access-store.ts';
import type { Erasure, ErasureCursor, ErasureStore } from '../sites/erasure-store.ts';
import type { SiteStore } from '../sites/site-store.ts';
import type { UserStore } from '../sites/user-store.ts';
import type { ProgressStore } from '../store/progress-store.ts';
import type { StreamWriter } from '../stream/stream-writer.ts';
import type { ErasePlace } from './place.ts';

export interface ErasePorts {
  epoch: string;
  erasures: ErasureStore;
  sites: Pick<SiteStore, 'hide' | 'remove' | 'removeWriteKey'>;
  access: Pick<AccessStore, 'change' | 'remove' | 'unpoint'>;
  users: Pick<UserStore, 'leave'>;
  progress: Pick<ProgressStore, 'get'>;
  stream: Pick<StreamWriter, 'tick'>;
  /** Swept in this order. */
  places: readonly ErasePlace[];
  /** Whether there is time for another step. */
  hasTime(): boolean;
}

/**
 * Ingest believes a site's configuration for seconds, the archiver gathers records for five minutes at most, and a browser tries a batch
 * again for a while: after this, and once the stream's progress is past it, nothing of the site is under way any more.
 */
export const settledAfterMs = 15 * 60_000;

/** One run. A site that can't be removed keeps no other waiting. @throws in the end what a store has thrown; the next run goes on. */
export async function eraseSites(now: number, ports: ErasePorts): Promise<{ ended: string[]; left: number }> {
  const ended: string[] = [];
  const failures: unknown[] = [];
  const all = await ports.erasures.all();
  for (const erasure of all) {
    if (!ports.hasTime()) break;
    try {
      if (await eraseSite(erasure, now, ports)) ended.push(erasure.site);
    } catch (error) {
      log.error('a site could not be removed', error, { site: erasure.site });
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
  return { ended, left: all.length - ended.length };
}

/** Whether nothing is left of it. */
async function eraseSite(erasure: Erasure, now: number, ports: ErasePorts): Promise<boolean> {
  await shutOut(erasure, ports);
  let cursor = erasure.cursor ?? { place: 0, at: null, isLast: false };
  if (cursor.isLast && cursor.place === 0 && cursor.at === null && !(await isSettled(erasure, now, ports)))
    return false;
  while (ports.hasTime()) {
    const place = ports.places[cursor.place];
    if (!place && cursor.isLast) return end(erasure, ports);
    if (!place) {
      // The first sweep is done; the last one waits for what is under way.
      await ports.erasures.moveTo(erasure.site, { place: 0, at: null, isLast: true });
      return false;
    }
    const at: string | null = await place.sweep(erasure.site, cursor.at);
    cursor = nextOf(cursor, at);
    await ports.erasures.moveTo(erasure.site, cursor);
  }
  return false;
}

function nextOf({ place, isLast }: ErasureCursor, at: string | null): ErasureCursor {
  return at === null ? { place: place + 1, at: null, isLast } : { place, at, isLast };
}

/** As the request did, in case that it came no further than to be written down. */
async function shutOut({ site, access }: Erasure, ports: ErasePorts): Promise<void> {
  await ports.sites.hide(site);
  for (const { id } of access.writeKeys) await ports.sites.removeWriteKey(id);
  await ports.access.change(site, () => noAccess);
}

/**
 * Whether all that was accepted of it has been counted. If not, the stream is asked to show its progress until the next run: what
 * answers that is written to the counters, and would be there again if it came after they were swept.
 */
async function isSettled(
  { site, since }: Erasure,
  now: number,
  { epoch, progress, stream }: ErasePorts,
): Promise<boolean> {
  if (now < since + settledAfterMs) return false;
  if ((await progress.get(epoch, site)) >= since + settledAfterMs) return true;
  await stream.tick({ v: formatVersion, tick: site, receivedAt: now });
  return false;
}

async function end({ site, access }: Erasure, ports: ErasePorts): Promise<true> {
  for (const { id } of access.members) await ports.users.leave(id, site);
  for (const { hash } of access.keys) await ports.access.unpoint('key', hash);
  for (const { hash } of access.shares) await ports.access.unpoint('share', hash);
  for (const { hash } of access.invitations) await ports.access.unpoint('invitation', hash);
  await ports.sites.remove(site);
  await ports.access.remove(site);
  await ports.erasures.end(site);
  return true;
}
