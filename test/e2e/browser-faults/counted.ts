import { expect } from 'vitest';
import type { BreakdownAnswer, ElementsAnswer, LiveAnswer, PagesAnswer } from '../../../functions/contract/answer.ts';
import { eventually, type Product } from '../product.ts';

/** What a test did, or what the product counted of it: page views and clicks by path, events by name. */
export interface Deeds {
  views: Record<string, number>;
  clicks: Record<string, number>;
  events: Record<string, number>;
}

/** What the API says of the paths under `/<name>/`, and of the events whose names begin with `<name>-`. */
export async function countedOf(product: Product, name: string): Promise<Deeds> {
  const deeds: Deeds = { views: {}, clicks: {}, events: {} };
  for (const { path, pageViews } of await pagesOf(product, name)) {
    deeds.views[path] = pageViews;
    const { rows } = await product.ask<ElementsAnswer>(`elements?path=${encodeURIComponent(path)}&limit=1000`);
    const clicks = rows.reduce((sum, row) => sum + row.clicks, 0);
    if (clicks > 0) deeds.clicks[path] = clicks;
  }
  const { rows: events } = await product.ask<BreakdownAnswer>('breakdown?dimension=event&limit=1000');
  for (const { value, count = 0 } of events) {
    // A property has a row of its own, `name · key=value`.
    if (value.startsWith(`${name}-`) && !value.includes(' · ')) deeds.events[value] = count;
  }
  return deeds;
}

/** Waits until all of it is counted and whatever else was on its way is, too; then nothing may be there twice. */
export async function expectCounted(product: Product, name: string, made: Deeds): Promise<void> {
  await eventually(
    () => countedOf(product, name),
    (counted) =>
      reaches(counted.views, made.views) &&
      reaches(counted.clicks, made.clicks) &&
      reaches(counted.events, made.events),
  );
  await untilProcessed(product);
  expect(await countedOf(product, name)).toEqual(made);
}

/** However often its answers were lost, each page had one visitor. */
export async function expectOneVisitor(product: Product, name: string): Promise<void> {
  const visitors = (await pagesOf(product, name)).map((page) => page.visitors);
  expect(visitors).toEqual(visitors.map(() => 1));
}

async function pagesOf(product: Product, name: string): Promise<PagesAnswer['rows']> {
  const { rows } = await product.ask<PagesAnswer>('pages?limit=1000');
  return rows.filter(({ path }) => path.startsWith(`/${name}/`));
}

/** All that has been accepted so far is counted. */
export async function untilProcessed(product: Product): Promise<void> {
  const from = Date.now();
  await eventually(
    () => product.ask<LiveAnswer>('live'),
    ({ asOf }) => asOf > from,
  );
}

/** Nobody is there any more, and each page knows. */
export async function expectNobody(product: Product): Promise<void> {
  await eventually(
    () => product.ask<LiveAnswer>('live'),
    ({ active, pages }) => active === 0 && pages.every((page) => page.active === 0),
  );
}

function reaches(counted: Record<string, number>, made: Record<string, number>): boolean {
  return Object.entries(made).every(([key, number]) => (counted[key] ?? 0) >= number);
}
