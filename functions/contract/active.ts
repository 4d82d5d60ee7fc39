/**
 * Active now, as one piece of arithmetic for the API and for the dashboard (DESIGN §3, law 5): over the ten windows that end
 * with the one of `asOf`, sessions (or a page's visible loads) that arrived less those that left.
 */
import { parseWindowName, windowMs, windowOf, windowsActive, windowsPerMinute } from './counter.ts';
import { minuteMs, minuteOf } from './time-unit.ts';

export interface Active {
  /** Sessions with a page visible now. */
  active: number;
  /** Visible loads by page id; pages without one are absent. */
  pages: Map<string, number>;
}

/** The minutes (whole minutes since the epoch, oldest first) whose live items `activeAt` needs: one or two. */
export function activeMinutes(asOf: number): number[] {
  const oldest = minuteOf((windowOf(asOf) - windowsActive + 1) * windowMs);
  const newest = minuteOf(asOf);
  return Array.from({ length: newest - oldest + 1 }, (_, index) => oldest + index);
}

/** The minute of a live item's partition (`livePartition`); null for any other item. */
export function liveMinuteOf(pk: string): number | null {
  const [, , kind, minute] = pk.split('|');
  return kind === 'live' ? Number(minute) : null;
}

/**
 * `items`: any of the site's items; those that are not live ones, or not of the ten windows, add nothing.
 * `asOf`: the newest instant processed, ms since the epoch. Never the reader's own clock: then a stalled stream would look
 * like visitors going home.
 */
export function activeAt(items: Iterable<{ pk: string; counters: Record<string, number> }>, asOf: number): Active {
  const newest = windowOf(asOf);
  const oldest = newest - windowsActive + 1;
  let active = 0;
  const pages = new Map<string, number>();
  for (const { pk, counters } of items) {
    const minute = liveMinuteOf(pk);
    if (minute === null) continue;
    const firstWindow = windowOf(minute * minuteMs);
    if (firstWindow > newest || firstWindow + windowsPerMinute <= oldest) continue;
    for (const [name, value] of Object.entries(counters)) {
      const parsed = parseWindowName(name);
      if (!parsed) continue;
      const window = firstWindow + parsed.slot;
      if (window < oldest || window > newest) continue;
      const change = parsed.side === 'A' ? value : -value;
      if (parsed.pageId === null) active += change;
      else pages.set(parsed.pageId, (pages.get(parsed.pageId) ?? 0) + change);
    }
  }
  for (const [pageId, count] of pages) if (count <= 0) pages.delete(pageId);
  return { active: Math.max(0, active), pages };
}
