import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { eventually, openDashboard, type Product, startBrowser, startProduct, visitorContext } from '../product.ts';

let product: Product;
let browser: Browser;

beforeAll(async () => {
  [product, browser] = await Promise.all([startProduct(), startBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await product?.close();
});

const contexts: BrowserContext[] = [];
async function person(version: number): Promise<BrowserContext> {
  const context = await visitorContext(browser, version);
  contexts.push(context);
  return context;
}
afterEach(async () => {
  // Leaving for another page, as people do: closing a context at once may cut its beacons off.
  for (const page of contexts.flatMap((context) => context.pages())) await page.goto('about:blank');
  await eventually(
    () => product.ask<{ active: number }>('live'),
    ({ active }) => active === 0,
  );
  for (const context of contexts.splice(0)) await context.close();
});

/** Pixels of the heat layer that are not transparent. */
async function paintedPixels(dashboard: Page): Promise<number> {
  return dashboard.evaluate(() => {
    let painted = 0;
    for (const canvas of document.querySelectorAll<HTMLCanvasElement>('[data-testid="heatmap-canvas"] canvas')) {
      const { data } = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: [] };
      for (let index = 3; index < data.length; index += 4) if ((data[index] ?? 0) > 0) painted++;
    }
    return painted;
  });
}

describe('the demo page and the dashboard side by side', () => {
  it('shows a click on the heatmap a moment after it happened', async () => {
    const visitor = await person(140);
    const owner = await person(141);
    const dashboard = await openDashboard(owner, product, '#/heatmap?path=/&device=desktop');
    const demo = await visitor.newPage();
    await demo.goto(product.urls.demoUrl);
    const canvas = dashboard.getByTestId('heatmap-canvas');
    await canvas.waitFor({ state: 'attached' });
    expect(await canvas.getAttribute('data-total')).toBe('0');

    await demo.click('#hero h1');
    await dashboard.waitForSelector('[data-testid="heatmap-canvas"][data-total="1"]');
    await eventually(
      () => paintedPixels(dashboard),
      (painted) => painted > 50,
    );
  });

  it('shows the page view on the live page, and still after a refresh', async () => {
    const visitor = await person(142);
    const owner = await person(143);
    const dashboard = await openDashboard(owner, product, '#/live');
    const demo = await visitor.newPage();
    await demo.goto(new URL('/article.html', product.urls.demoUrl).href);
    await dashboard.waitForSelector('[data-testid="active"][data-active="1"]');
    await dashboard.getByTestId('feed').getByText('/article.html').first().waitFor();
    const shown = await dashboard.getByTestId('stat-page-views').textContent();
    await dashboard.reload();
    await dashboard.waitForSelector('[data-testid="active"][data-active="1"]');
    await eventually(
      () => dashboard.getByTestId('stat-page-views').textContent(),
      (text) => text === shown,
    );
    await dashboard.getByTestId('feed').getByText('/article.html').first().waitFor();
  });
});
