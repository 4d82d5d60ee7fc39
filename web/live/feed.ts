import type { FeedRow } from '../../functions/contract/live.ts';

export const feedRowsMax = 80;

/** The rows known with the new ones among them, newest first, each once. The same array when nothing is new. */
export function addToFeed(known: readonly FeedRow[], more: readonly FeedRow[]): readonly FeedRow[] {
  const ids = new Set(known.map(({ id }) => id));
  const fresh: FeedRow[] = [];
  for (const row of more) {
    if (ids.has(row.id)) continue;
    ids.add(row.id);
    fresh.push(row);
  }
  if (fresh.length === 0) return known;
  return [...fresh, ...known].sort((a, b) => b.at - a.at).slice(0, feedRowsMax);
}

/** What a refresh of the page finds again; an unreadable or foreign text is no feed. */
export function readFeed(text: string | null): readonly FeedRow[] {
  if (!text) return [];
  try {
    const rows: unknown = JSON.parse(text);
    return Array.isArray(rows) ? rows.filter(isFeedRow).slice(0, feedRowsMax) : [];
  } catch {
    return [];
  }
}

/** Whether it can be ordered and shown. */
export function isFeedRow(row: unknown): row is FeedRow {
  if (typeof row !== 'object' || row === null) return false;
  const { at, id, what, path, label, device, country, browser } = row as Record<string, unknown>;
  const texts = [id, what, path, label, device, country, browser];
  return Number.isFinite(at) && texts.every((text) => typeof text === 'string');
}
