import { everyMsMax, everyMsMin } from '../contract/watch.ts';
import type { ConnectionStore } from '../push/connection-store.ts';

/** Loads count as sending when a record of theirs was received within this time before the newest one. */
const recentMs = 10_000;
const loadsPerSiteMax = 50_000;
const sitesMax = 200;
/** A pace is worth a write when it differs by this much. */
const changeMin = 0.25;
/** How often it is worth a look: while the site is watched, soon enough for a crowd that comes at once. */
const lookEveryMs = { watched: 1_000, unwatched: 5_000 };

/** How often the pages of a watched site should send, from the loads whose records pass through this instance. */
export class Pace {
  readonly #sites = new Map<string, Map<string, number>>();
  readonly #lookAt = new Map<string, number>();

  constructor(private readonly connections: Pick<ConnectionStore, 'watchOf' | 'setPace'>) {}

  note(site: string, load: string, receivedAt: number): void {
    const loads = this.#sites.get(site) ?? new Map<string, number>();
    if (this.#sites.size >= sitesMax && !this.#sites.has(site)) this.#sites.clear();
    this.#sites.set(site, loads);
    // Deleted first, so that the map stays in order of activity.
    loads.delete(load);
    loads.set(load, receivedAt);
    for (const [oldest, at] of loads) {
      if (at >= receivedAt - recentMs && loads.size <= loadsPerSiteMax) break;
      loads.delete(oldest);
    }
  }

  /** 1000..10000 ms: with all its loads sending this often, the site sends about `requestsPerSecondMax`. */
  everyMs(site: string, requestsPerSecondMax: number): number {
    const loads = this.#sites.get(site)?.size ?? 0;
    const wanted = Math.ceil((loads * 1000) / Math.max(1, requestsPerSecondMax));
    return Math.min(everyMsMax, Math.max(everyMsMin, wanted));
  }

  /** Sets the pace of a site that is watched, where it no longer fits. Compared with the stored one, which ends with its watchers. */
  async adjust(site: string, requestsPerSecondMax: number, now: number): Promise<void> {
    if (now < (this.#lookAt.get(site) ?? 0)) return;
    if (this.#lookAt.size >= sitesMax) this.#lookAt.clear();
    const { watched, everyMs } = await this.connections.watchOf(site, now);
    this.#lookAt.set(site, now + lookEveryMs[watched ? 'watched' : 'unwatched']);
    const wanted = this.everyMs(site, requestsPerSecondMax);
    if (watched && Math.abs(wanted - everyMs) >= everyMs * changeMin) await this.connections.setPace(site, wanted);
  }
}
