/** Pages: views, visitors, entries, exits and engaged time of a page on a day, with what is known of the page. */
import { pageDeviceName, pageKey, pageName, pageText } from '../contract/counter.ts';
import { kind } from '../contract/event.ts';
import type { RecordPage } from '../contract/record.ts';
import type { CountedPage } from './counted-name.ts';
import type { Facts } from './facts.ts';
import type { Increments } from './increments.ts';

export function addPages(facts: Facts, increments: Increments): void {
  const { epoch, record } = facts;
  for (const { event, view, counted, page } of facts.events) {
    if (!counted || !page) continue;
    if (event[0] === kind.engaged) increments.add(counted.key, pageName.engagedMs, event[3]);
    if (!view) continue;
    increments.add(counted.key, pageName.pageViews);
    if (view.firstOfPage) increments.add(counted.key, pageName.visitors);
    increments.add(counted.key, pageDeviceName(page.device, 'v'));
    increments.add(counted.key, pageDeviceName(page.device, 'f'), foldPerMille(page));
    addTexts(increments, record.origin, counted, page);
  }
  for (const fact of facts.session) {
    if ('pageId' in fact && !('signal' in fact)) {
      increments.add(pageKey(epoch, record.site, fact.day, fact.pageId), pageName[fact.what]);
    }
  }
}

/** How much of the document the first screen shows, 0..1000. */
function foldPerMille({ viewportHeight, documentHeight }: RecordPage): number {
  return documentHeight <= viewportHeight ? 1000 : Math.round((1000 * viewportHeight) / documentHeight);
}

/** `(other)` stands for many pages: it has a path and nothing else. */
function addTexts(increments: Increments, origin: string, counted: CountedPage, page: RecordPage): void {
  increments.text(counted.key, pageText.path, counted.path);
  if (!counted.admitted) return;
  if (page.title !== '') increments.text(counted.key, pageText.title, page.title);
  increments.text(counted.key, pageText.url, `${origin}${page.rawPath}`);
}
