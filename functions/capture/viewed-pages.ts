/** What a site's pages were viewed by, made of page items. Pure. */
import { otherValue, pageDeviceName, pageText, type Totals } from '../contract/counter.ts';
import { type Device, devices } from '../contract/record.ts';

/** A page with its views over some days. */
export interface ViewedPage {
  pageId: string;
  path: string;
  /** The newest address that showed it. */
  url: string;
  /** By device class; absent: none. */
  views: Partial<Record<Device, number>>;
}

/** Pages beyond this many get pictures on request only: the most viewed come first. */
export const pagesPerSiteMax = 200;

/** `items`: of one day. Pages that count under `(other)` have no address, and no picture. */
export function viewedPages(items: readonly Totals[]): ViewedPage[] {
  return items.flatMap(({ key, counters, texts }) => {
    const path = texts[pageText.path];
    const url = texts[pageText.url];
    if (!path || !url || path === otherValue) return [];
    const views: ViewedPage['views'] = {};
    for (const device of devices) {
      const viewed = counters[pageDeviceName(device, 'v')] ?? 0;
      if (viewed > 0) views[device] = viewed;
    }
    return [{ pageId: key.sk, path, url, views }];
  });
}

/** Adds days up, oldest first, and leaves the `pagesPerSiteMax` most viewed. */
export function mostViewed(days: readonly (readonly ViewedPage[])[]): ViewedPage[] {
  const pages = new Map<string, ViewedPage>();
  for (const page of days.flat()) {
    const known = pages.get(page.pageId);
    const views = { ...known?.views };
    for (const device of devices) {
      const more = page.views[device];
      if (more) views[device] = (views[device] ?? 0) + more;
    }
    pages.set(page.pageId, { ...page, views });
  }
  const all = ({ views }: ViewedPage) => devices.reduce((sum, device) => sum + (views[device] ?? 0), 0);
  return [...pages.values()].sort((one, other) => all(other) - all(one)).slice(0, pagesPerSiteMax);
}
