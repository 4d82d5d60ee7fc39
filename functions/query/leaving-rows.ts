/** By which pages sessions were left, and after what: made of page items. Pure. */
import { otherValue, pageName, pageText, type Totals } from '../contract/counter.ts';
import type { LeavingRow, LeavingSum, Left } from '../contract/leaving-answer.ts';
import { signalName, signals } from '../contract/signal.ts';

/** A day's pages, with only what is told of them. */
export interface LeavingDay {
  hasSignals: boolean;
  pages: { path: string | null; title: string; sum: LeavingSum }[];
}

export function leavingDay(items: readonly Totals[]): LeavingDay {
  const pages = items.map(({ counters, texts }) => ({
    path: texts[pageText.path] ?? null,
    title: texts[pageText.title] ?? '',
    sum: sumOf(counters),
  }));
  return { hasSignals: pages.some(({ sum }) => signals.some((signal) => sum.met[signal].views > 0)), pages };
}

function sumOf(counters: Record<string, number>): LeavingSum {
  const value = (name: string) => counters[name] ?? 0;
  const metOf = (signal: (typeof signals)[number]): Left => {
    const views = value(signalName(signal, 'met'));
    return { views, left: views - value(signalName(signal, 'passed')) };
  };
  return {
    views: value(pageName.pageViews),
    left: value(pageName.exited) - value(pageName.unexited),
    met: bySignal(metOf),
  };
}

/**
 * An older build has counted no signals: days before the first that has any would make all of their views such without one.
 * @returns how many days are left out
 */
export function uncountedDays(days: readonly LeavingDay[]): number {
  return Math.max(
    0,
    days.findIndex(({ hasSignals }) => hasSignals),
  );
}

/** Days oldest first; what a page was called last is what it is called. `(other)` stands among no rows. */
export function leavingRows(
  days: readonly LeavingDay[],
  limit: number,
): { rows: LeavingRow[]; other: LeavingSum; site: LeavingSum } {
  const byPath = new Map<string, LeavingRow>();
  let [other, site] = [noneLeft, noneLeft];
  for (const { path, title, sum } of days.flatMap(({ pages }) => pages)) {
    site = added(site, sum);
    if (path === null || path === otherValue) other = added(other, sum);
    else
      byPath.set(path, {
        path,
        title: title || (byPath.get(path)?.title ?? ''),
        ...added(byPath.get(path) ?? noneLeft, sum),
      });
  }
  const all = [...byPath.values()].sort((a, b) => b.views - a.views || (a.path < b.path ? -1 : 1));
  return { rows: all.slice(0, limit), other: all.slice(limit).reduce<LeavingSum>(added, other), site };
}

function bySignal(of: (signal: (typeof signals)[number]) => Left): LeavingSum['met'] {
  return { rage: of('rage'), dead: of('dead'), hesitation: of('hesitation'), engaged: of('engaged'), read: of('read') };
}
const noneLeft: LeavingSum = { views: 0, left: 0, met: bySignal(() => ({ views: 0, left: 0 })) };

function added(one: LeavingSum, other: LeavingSum): LeavingSum {
  const sum = (a: Left, b: Left): Left => ({ views: a.views + b.views, left: a.left + b.left });
  return { ...sum(one, other), met: bySignal((signal) => sum(one.met[signal], other.met[signal])) };
}
