/** How often one instance asks the stream for a site's progress: a tick is a record on every shard. */
export interface TickLimit {
  /** Whether a tick is due now; if so, it is taken as sent. */
  take(site: string, now: number): boolean;
}

const sitesKeptMax = 1_000;

export function tickLimit(everyMs: number): TickLimit {
  const sent = new Map<string, number>();
  return {
    take(site, now) {
      const last = sent.get(site);
      if (last !== undefined && now - last < everyMs) return false;
      // Forgetting costs a tick too many, no more.
      if (sent.size >= sitesKeptMax) sent.clear();
      sent.set(site, now);
      return true;
    },
  };
}
