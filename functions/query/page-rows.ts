/** Rows of pages, made of page items. Pure. */
import type { PageRow, PageSum } from '../contract/answer.ts';
import { otherValue, pageName, pageText, type Totals } from '../contract/counter.ts';
import { addTo, ranked, type Tally } from './ranked.ts';

export interface PagesOfDay {
  sums: Tally<keyof PageSum>;
  /** By path: its id, title and an address, as last set that day. */
  facts: Map<string, { pageId: string; title: string; url: string }>;
}

export const zeroPage: PageSum = { pageViews: 0, visitors: 0, entries: 0, exits: 0, engagedMs: 0 };

export function pagesOfDay(items: Totals[]): PagesOfDay {
  const sums: PagesOfDay['sums'] = new Map();
  const facts: PagesOfDay['facts'] = new Map();
  for (const { key, counters, texts } of items) {
    const path = texts[pageText.path] ?? otherValue;
    const value = (name: string) => counters[name] ?? 0;
    addTo(sums, path, {
      pageViews: value(pageName.pageViews),
      visitors: value(pageName.visitors),
      entries: value(pageName.entered) - value(pageName.unentered),
      exits: value(pageName.exited) - value(pageName.unexited),
      engagedMs: value(pageName.engagedMs),
    });
    facts.set(path, { pageId: key.sk, title: texts[pageText.title] ?? '', url: texts[pageText.url] ?? '' });
  }
  return { sums, facts };
}

/** Over days, oldest first: sums add up, and what a page was called last is what it is called. */
export function pageRows(days: PagesOfDay[], limit: number): { rows: PageRow[]; other: PageSum } {
  const sums: PagesOfDay['sums'] = new Map();
  const facts: PagesOfDay['facts'] = new Map();
  for (const day of days) {
    for (const [path, sum] of day.sums) addTo(sums, path, sum);
    for (const [path, fact] of day.facts) facts.set(path, fact);
  }
  const { rows, other } = ranked(sums, 'pageViews', limit, zeroPage);
  return {
    rows: rows.map(([path, sum]) => ({ path, ...(facts.get(path) ?? { pageId: '', title: '', url: '' }), ...sum })),
    other,
  };
}
