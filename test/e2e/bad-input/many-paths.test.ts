import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PagesAnswer, SeriesAnswer } from '../../../functions/contract/answer.ts';
import { itemBytesMax, otherValue, pageName, pageText } from '../../../functions/contract/counter.ts';
import { kind, navigation, type PulseEvent, pagesPerBatchMax } from '../../../functions/contract/event.ts';
import { keyOf, totalsOf } from '../../../functions/store/item.dynamo.ts';
import { newBatch, postBatch, wireButton, wirePage } from '../batch.ts';
import { eventually, type Product, personAgent, startProduct } from '../product.ts';
import { itemBytes, readTable } from '../tables.ts';

const pathCount = 10_000;
/** The slots for pages of one day. */
const pagesAdmittedMax = 1_024;
const visitorCount = 8;

let product: Product;

beforeAll(async () => {
  product = await startProduct();
});
afterAll(() => product?.close());

/** One visitor's share of the paths, batch by batch of one load. */
async function browse(visitor: number): Promise<void> {
  const { l } = newBatch();
  let n = 0;
  const paths: string[] = [];
  for (let path = visitor; path < pathCount; path += visitorCount) paths.push(`/made-up/${path}`);
  for (let from = 0; from < paths.length; from += pagesPerBatchMax) {
    const p = paths.slice(from, from + pagesPerBatchMax).map((path) => wirePage(path, `Page ${path}`));
    const x: PulseEvent[] = p.map((_, page) => [kind.view, 0, page, navigation.push]);
    const e = [wireButton];
    x.push([kind.click, 0, 0, 2048, 2048, 0]);
    const headers = { 'user-agent': personAgent(100 + visitor) };
    const answer = await postBatch(product.urls.apiUrl, { ...newBatch({ p, e, x }), l, n: n++ }, headers);
    expect(answer.status, await answer.text()).toBe(202);
  }
}

const sumOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);

describe('10,000 made-up paths', () => {
  it('are all counted, at most 1,024 of them by name, in items within their bound', async () => {
    const good = newBatch({ p: [wirePage('/home')] });
    expect((await postBatch(product.urls.apiUrl, good)).status).toBe(202);
    await Promise.all(Array.from({ length: visitorCount }, (_, visitor) => browse(visitor)));
    expect(
      (await postBatch(product.urls.apiUrl, { ...newBatch({ p: [wirePage('/home')] }), l: good.l, n: 1 })).status,
    ).toBe(202);

    const whole = pathCount + 2;
    await eventually(
      async () => {
        const { points } = await product.ask<SeriesAnswer>('series?unit=hour');
        return sumOf(points.map(({ pageViews }) => pageViews));
      },
      (pageViews) => pageViews === whole,
      90_000,
    );
    // A record's items are written side by side: the pages' may be a moment later than the hour's.
    const { rows } = await eventually(
      () => product.ask<PagesAnswer>('pages?limit=1000'),
      (answer) => sumOf(answer.rows.map(({ pageViews }) => pageViews)) + answer.other.pageViews === whole,
    );
    expect(rows.find(({ path }) => path === '/home')?.pageViews).toBe(2);

    const items = await readTable(product.urls.awsEndpoint, 'Counters');
    const pages = items.map((item) => totalsOf(keyOf(item), item)).filter(({ key }) => key.pk.split('|')[2] === 'page');
    const named = pages.filter(({ texts }) => texts[pageText.path] !== otherValue);
    expect(named.length).toBeLessThanOrEqual(pagesAdmittedMax);
    // The slots are nearly all taken: what has no name has none because there was no room.
    expect(named.length).toBeGreaterThan(pagesAdmittedMax * 0.95);
    expect(new Set(named.map(({ texts }) => texts[pageText.path])).size).toBe(named.length);
    for (const { counters, texts } of named)
      expect(counters[pageName.pageViews], texts[pageText.path]).toBe(texts[pageText.path] === '/home' ? 2 : 1);
    const unnamed = pages.filter(({ texts }) => texts[pageText.path] === otherValue);
    expect(sumOf(unnamed.map(({ counters }) => counters[pageName.pageViews] ?? 0))).toBe(whole - named.length - 1);

    for (const table of ['Counters', 'Visitors', 'Admissions', 'Connections']) {
      const sizes = (await readTable(product.urls.awsEndpoint, table)).map(itemBytes);
      expect(Math.max(0, ...sizes), table).toBeLessThanOrEqual(itemBytesMax);
    }
  }, 150_000);
});
