/** What a site's settings leave out: its team's own visits, pages that are not counted, and part of the pointer movement. */
import { elementKinds, kind, type PulseEvent } from '../contract/event.ts';
import { isPathLike } from '../contract/path-pattern.ts';
import type { StreamRecord } from '../contract/record.ts';
import { movesKept, type SiteConfig, settingsOf } from '../contract/site.ts';
import { networksOf } from '../sites/network.ts';

/** The blocks of a configuration are read once for as long as it is kept. */
const networks = new WeakMap<SiteConfig, (address: string) => boolean>();

/** Whether an address is one of the site's own people's. It is compared, and goes nowhere. */
export function isOwnAddress(address: string, config: SiteConfig): boolean {
  const isWithin = networks.get(config) ?? networksOf(settingsOf(config).exclusions.networks);
  networks.set(config, isWithin);
  return isWithin(address);
}

/**
 * The record with what counts; null: nothing of it does. The same record leaves the same out for as long as the settings stand. A
 * page that is left out is not on the record at all, nor are its elements.
 */
export function withoutLeftOut(record: StreamRecord, config: SiteConfig): StreamRecord | null {
  const { exclusions } = settingsOf(config);
  const pages = kept(record.pages, ({ path }) => !exclusions.paths.some((pattern) => isPathLike(path, pattern)));
  const elements = kept(record.elements, ({ page }) => pages.has(page));
  const areMovesKept = isSampled(record.load, movesKept(config, record.receivedAt).percent);
  if (pages.size === record.pages.length && areMovesKept) return record;
  const events = record.events.flatMap((event) => {
    const of = elementKinds.includes(event[0]) ? elements : pages;
    const index = of.get(event[2] as number);
    if (index === undefined || (event[0] === kind.move && !areMovesKept)) return [];
    return [[event[0], event[1], index, ...event.slice(3)] as unknown as PulseEvent];
  });
  if (events.length === 0) return null;
  return {
    ...record,
    pages: record.pages.filter((_, index) => pages.has(index)),
    elements: record.elements.flatMap((element, index) =>
      elements.has(index) ? [{ ...element, page: pages.get(element.page) ?? 0 }] : [],
    ),
    events,
  };
}

/** Of what is kept: its index, and the index that it has then. */
function kept<T>(list: readonly T[], isKept: (one: T) => boolean): Map<number, number> {
  const indices = new Map<number, number>();
  for (const [index, one] of list.entries()) if (isKept(one)) indices.set(index, indices.size);
  return indices;
}

/** A load is in or out for life: its id is random, so every percentage of loads is a fair sample. */
function isSampled(load: string, percent: number): boolean {
  return percent >= 100 || Number.parseInt(load.slice(-8), 16) % 100 < percent;
}
