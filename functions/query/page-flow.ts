/** What came before the views of one page and what after, as shares of its views. Pure. */
import { pageName, type Totals } from '../contract/counter.ts';
import type { Flow, PagePaths } from '../contract/transitions-answer.ts';
import type { TransitionNames } from './transition-names.ts';
import { mostFirst, type Pair, sumOf } from './transition-tally.ts';

export interface PageSides {
  before: Pair[];
  after: Pair[];
  outbound: Pair[];
}

/** `pairs`: of the page alone. Who reloads a page comes from it and goes to it. */
export function sidesOf(pairs: readonly Pair[], pageId: string): PageSides {
  const side = (isOf: (pair: Pair) => boolean) => mostFirst(pairs.filter(isOf));
  return {
    before: side(({ to, isOutbound }) => to === pageId && !isOutbound),
    after: side(({ from, isOutbound }) => from === pageId && !isOutbound),
    outbound: side(({ from, isOutbound }) => from === pageId && isOutbound),
  };
}

/** `items`: the page's, of every day. */
export function pagePaths(
  path: string,
  items: readonly Totals[],
  { before, after, outbound }: PageSides,
  limit: number,
  names: TransitionNames,
): PagePaths {
  const total = (name: string) => items.reduce((sum, { counters }) => sum + (counters[name] ?? 0), 0);
  const pageViews = total(pageName.pageViews);
  const flow = (count: number): Flow => ({ count, share: pageViews > 0 ? count / pageViews : 0 });
  const first = (pairs: Pair[]) => pairs.slice(0, limit);
  const rest = (pairs: Pair[]) => flow(sumOf(pairs.slice(limit)));
  return {
    path,
    pageViews,
    entries: flow(total(pageName.entered) - total(pageName.unentered)),
    exits: flow(total(pageName.exited) - total(pageName.unexited)),
    before: first(before).map(({ from, count }) => ({ path: names.page(from), ...flow(count) })),
    beforeOther: rest(before),
    after: first(after).map(({ to, count }) => ({ path: names.page(to), ...flow(count) })),
    afterOther: rest(after),
    outbound: first(outbound).map(({ to, count }) => ({ url: names.link(to), ...flow(count) })),
    outboundOther: rest(outbound),
  };
}
