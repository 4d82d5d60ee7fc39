import { describe, expect, it } from 'vitest';
import type { PagePaths } from '../../../functions/contract/transitions-answer.ts';
import { formatRoute, parseRoute } from '../../../web/route.ts';
import { afterRows, beforeRows, flowHeight, flowRowPx, ribbons } from '../../../web/view/path-flow.ts';

const flow = (count: number) => ({ count, share: count / 20 });
const paths = (more: Partial<PagePaths> = {}): PagePaths => ({
  path: '/shop',
  pageViews: 20,
  entries: flow(5),
  exits: flow(8),
  before: [
    { path: '/', ...flow(10) },
    { path: '(other)', ...flow(3) },
  ],
  beforeOther: flow(2),
  after: [{ path: '/cart', ...flow(12) }],
  afterOther: flow(0),
  outbound: [{ url: 'https://docs.example/', ...flow(2) }],
  outboundOther: flow(1),
  ...more,
});

describe('the sides of a page', () => {
  it('have entries first, and exits and links after the pages', () => {
    expect(beforeRows(paths()).map(({ kind, label, path }) => [kind, label, path])).toEqual([
      ['edge', 'Entered here', null],
      ['page', '/', '/'],
      ['page', 'Pages beyond the limit', null],
      ['rest', 'Other pages', null],
    ]);
    expect(afterRows(paths()).map(({ kind, label, path }) => [kind, label, path])).toEqual([
      ['page', '/cart', '/cart'],
      ['edge', 'Left here', null],
      ['link', 'docs.example', null],
      ['link', 'Other links out', null],
    ]);
  });

  it('are drawn within the height, each ribbon as thick at the page as its part of the side', () => {
    const rows = beforeRows(paths());
    const size = flowHeight(rows, afterRows(paths()));
    expect(size.height).toBe(4 * flowRowPx);
    const shapes = ribbons(rows, size);
    expect(shapes).toHaveLength(4);
    const numbers = shapes.map(({ d }) => d.match(/-?[\d.]+/g)?.map(Number) ?? []);
    for (const [, ...ys] of numbers) expect(Math.max(...ys)).toBeLessThanOrEqual(size.height);
    const thick = numbers.map((all) => (all[8] ?? 0) - (all[7] ?? 0));
    expect(thick[1]).toBeCloseTo((size.page * 10) / 20, 0);
  });

  it('have no ribbon for what did not happen', () => {
    const rows = beforeRows(paths({ entries: flow(0), before: [], beforeOther: flow(0) }));
    expect(ribbons(rows, flowHeight(rows, []))).toEqual([]);
  });
});

describe('the route', () => {
  it('names the page and the time', () => {
    const route = { page: 'paths', path: '/a b&c', range: '7d' } as const;
    expect(parseRoute(formatRoute(route))).toEqual(route);
    expect(parseRoute('#/paths')).toEqual({ page: 'paths', path: '', range: 'today' });
  });
});
