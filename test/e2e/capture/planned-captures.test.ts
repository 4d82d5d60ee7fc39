import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type {
  CapturePicture,
  CapturesAnswer,
  HeatmapAnswer,
  LiveAnswer,
  MarkersAnswer,
  PagesAnswer,
} from '../../../functions/contract/answer.ts';
import { kind, navigation } from '../../../functions/contract/event.ts';
import { newBatch, postBatch, wireButton, wirePage } from '../batch.ts';
import { eventually, openDashboard, type Product, startBrowser, startProduct } from '../product.ts';
import { type Item, readTable } from '../tables.ts';

let product: Product;
let browser: Browser;
beforeAll(async () => {
  [product, browser] = await Promise.all([startProduct(), startBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await product?.close();
});

/** One run of the schedule, without its five minutes. */
async function runPlan(): Promise<void> {
  const { awsEndpoint } = product.urls;
  const run = await fetch(`${awsEndpoint}/2015-03-31/functions/capture-plan/invocations`, { method: 'POST' });
  expect(run.headers.get('x-amz-function-error'), await run.text()).toBeNull();
}

/** `total`: with the views of before. */
async function view(path: string, times: number, total = times): Promise<void> {
  const o = product.urls.demoUrl.replace(/\/$/, '');
  for (let n = 0; n < times; n++) {
    const batch = newBatch({ o, p: [wirePage(path)] });
    expect((await postBatch(product.urls.apiUrl, batch, { origin: o })).status).toBe(202);
  }
  await eventually(
    () => product.ask<PagesAnswer>('pages'),
    ({ rows }) => rows.some((row) => row.path === path && row.pageViews === total),
  );
  // Counters come first, the visitor's state after them, and how far the stream is processed last.
  const counted = Date.now();
  await eventually(
    () => product.ask<LiveAnswer>('live'),
    ({ asOf }) => asOf >= counted,
  );
}

const captures = (path: string) => product.ask<CapturesAnswer>(`captures?path=${encodeURIComponent(path)}`);

/** Everything that is remembered of visits. What the site uses is not: this test's own questions are part of it. */
async function allTables() {
  const names = ['Counters', 'Visitors', 'Admissions', 'Sites', 'Connections'];
  const items = await Promise.all(names.map((name) => readTable(product.urls.awsEndpoint, name)));
  const ofVisits = (table: Item[]) => table.filter(({ pk }) => !pk?.S?.startsWith('used|'));
  return items.map((table) =>
    ofVisits(table)
      .map((item) => JSON.stringify(item))
      .sort(),
  );
}

/** Each document that sent anything has an item of its own. */
async function loadsKnown(): Promise<number> {
  const visitors = await readTable(product.urls.awsEndpoint, 'Visitors');
  return visitors.filter(({ pk }) => pk?.S?.startsWith('load|')).length;
}

describe('captures of the running product', () => {
  it('are taken when a page has ten views, of the device class that has them, and change no counter', async () => {
    await view('/', 10);
    await view('/article.html', 9);
    const before = await allTables();
    await runPlan();
    expect((await captures('/')).rows).toMatchObject([{ device: 'desktop', error: null }]);
    expect((await captures('/article.html')).rows).toEqual([]);
    expect(await allTables()).toEqual(before);
    // Whatever the visit might have sent is on the stream before this view: had any of it been taken, its load would be known by now.
    await view('/article.html', 1, 10);
    expect(await loadsKnown()).toBe(20);

    const { capture } = await product.ask<HeatmapAnswer>('heatmap?path=/&device=desktop');
    const picture = capture as CapturePicture;
    expect(picture.elements.length).toBeGreaterThan(20);
    const jpeg = await product.call(picture.image);
    expect([...new Uint8Array(await jpeg.arrayBuffer()).subarray(0, 2)]).toEqual([0xff, 0xd8]);
    // Nothing is due twice.
    await runPlan();
    expect((await captures('/')).rows[0]?.takenAt).toBe(picture.takenAt);
  });

  it('say why there is none, on request too', async () => {
    await view('/no-such-page.html', 10);
    await runPlan();
    expect((await captures('/no-such-page.html')).rows).toMatchObject([
      { device: 'desktop', image: null, error: { code: 'status', message: 'the page answered 404' } },
    ]);
    const before = await allTables();
    const body = JSON.stringify({ path: '/article.html', device: 'mobile' });
    expect((await product.call('/v1/sites/demo/captures', { method: 'POST', body })).status).toBe(202);
    await eventually(
      () => captures('/article.html'),
      ({ rows }) => rows.some(({ device, image }) => device === 'mobile' && image !== null),
    );
    expect(await allTables()).toEqual(before);
  });
});

describe('on the dashboard', () => {
  it('a page without a picture is drawn from boxes, with the reason and what else there is', async () => {
    const o = product.urls.demoUrl.replace(/\/$/, '');
    const batch = newBatch({
      o,
      p: [wirePage('/no-such-page.html')],
      e: [wireButton],
      x: [
        [kind.view, 60, 0, navigation.load],
        [kind.click, 30, 0, 2048, 2048, 0],
      ],
    });
    expect((await postBatch(product.urls.apiUrl, batch, { origin: o })).status).toBe(202);
    const page = await openDashboard(
      await browser.newContext(),
      product,
      '#/heatmap?path=/no-such-page.html&device=desktop',
    );
    const told = page.getByTestId('no-picture');
    await told.getByText('There is no picture: the page answered 404.').waitFor();
    await page.getByTestId('schematic').locator('.schematic-action', { hasText: 'Buy' }).waitFor();
    await page.waitForSelector('[data-testid="heatmap-canvas"][data-total="1"]');
    expect(await page.getByTestId('open-on-site').isEnabled()).toBe(true);
    await page.context().close();
  });

  it('a deploy is marked, seen on the chart, and taken back by whoever set it', async () => {
    const page = await openDashboard(await browser.newContext(), product, '#/live');
    const markers = page.getByTestId('markers');
    await markers.locator('summary').click();
    await markers.getByTestId('marker-text').fill('Release <2.4>');
    await markers.getByTestId('marker-add').click();
    await markers.getByText('Release <2.4>').waitFor();
    await page.locator('.period-card .chart-mark').waitFor({ state: 'attached' });
    expect((await product.ask<MarkersAnswer>('markers')).rows).toMatchObject([{ text: 'Release <2.4>' }]);
    await markers.getByRole('button', { name: 'Remove Release <2.4>' }).click();
    await markers.getByRole('button', { name: 'Keep' }).click();
    await markers.getByRole('button', { name: 'Remove Release <2.4>' }).click();
    await markers.getByRole('button', { name: 'Remove', exact: true }).click();
    await markers.getByText('none in this time').waitFor();
    expect((await product.ask<MarkersAnswer>('markers')).rows).toEqual([]);
    await page.context().close();
  });
});
