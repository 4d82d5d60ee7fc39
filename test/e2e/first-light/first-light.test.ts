import { readFile } from 'node:fs/promises';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { TransitionsAnswer } from '../../../functions/contract/transitions-answer.ts';
import { eventually, openDashboard, type Product, startBrowser, startProduct, visitorContext } from '../product.ts';
import { barriers } from '../sign-in/axe.ts';

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

describe('a part of the dashboard that cannot be fetched', () => {
  it('is said in its place; the other pages stay, and a reload brings it', async () => {
    const dashboard = await openDashboard(await person(142), product, '#/live');
    const isPart = /\/paths-page-[^/]*\.js$/;
    await dashboard.route(isPart, (route) => route.abort());
    const pages = dashboard.getByRole('navigation', { name: 'Views' });
    await pages.getByText('Paths').click();
    const fault = dashboard.getByRole('alert');
    await fault.getByText('This page cannot be shown').waitFor();
    expect(await barriers(dashboard)).toEqual([]);
    await pages.getByText('Live').click();
    await dashboard.getByTestId('active').waitFor();
    expect(await fault.count()).toBe(0);

    await pages.getByText('Paths').click();
    await dashboard.unroute(isPart);
    await fault.getByRole('button', { name: 'Reload' }).press('Enter');
    await dashboard.getByRole('heading', { name: /^Paths/ }).waitFor();
  });
});

describe('a page that is shown before it is known who looks', () => {
  it('asks again, with what they may see, once that is known', async () => {
    const dashboard = await openDashboard(await person(143), product, '#/health');
    let tell = () => {};
    const told = new Promise<void>((resolve) => {
      tell = resolve;
    });
    await dashboard.route('**/v1/me', async (route) => {
      await told;
      await route.continue();
    });
    await dashboard.reload();
    await dashboard.getByTestId('waiting').waitFor();
    expect(await dashboard.locator('.alarm-card').count()).toBe(0);
    tell();
    await dashboard.locator('.figures-card').waitFor();
  });
});

describe('the way that visitors go', () => {
  /**
   * Goes to a page of its own and stays until its view was taken: loads are ordered by the clock, and views that reach us within
   * moments of each other could change places.
   */
  async function goTo(page: Page, path: string, go: () => Promise<unknown>): Promise<void> {
    const viewed = page.waitForResponse(
      (response) =>
        response.url().endsWith('/v1/events') && (response.request().postData() ?? '').includes(`"${path}"`),
    );
    await go();
    expect((await viewed).status()).toBe(202);
  }
  const toGuide = (page: Page) => () => page.goto(new URL('/docs.html', product.urls.demoUrl).href);

  /** From the guide to the shop, and around in it: within the page, by the back button, to a page of its own and back again. */
  async function wander(version: number): Promise<void> {
    const context = await person(version);
    await context.route(/^https:/, (route) => route.fulfill({ contentType: 'text/html', body: 'elsewhere' }));
    const page = await context.newPage();
    await goTo(page, '/docs.html', toGuide(page));
    await goTo(page, '/shop', () => page.click('#nav-shop'));
    await page.click('a[href="/shop/product/2"]');
    await page.waitForSelector('#add-to-bag');
    await page.goBack();
    await page.waitForSelector('a[href="/shop/product/2"]');
    await goTo(page, '/signup.html', () => page.click('#start'));
    await goTo(page, '/shop', () => page.goBack());
    await page.click('#about-coffee');
    await page.waitForURL(/^https:/);
  }
  async function pass(version: number): Promise<void> {
    const page = await (await person(version)).newPage();
    await goTo(page, '/docs.html', toGuide(page));
    await goTo(page, '/shop', () => page.click('#nav-shop'));
  }
  const rowsOf = (dashboard: Page, side: 'before' | 'after') =>
    dashboard
      .getByTestId(`path-${side}`)
      .evaluate((element) =>
        Object.fromEntries(
          [...element.querySelectorAll('[data-row]')].map((row) => [
            row.getAttribute('data-row'),
            [Number(row.getAttribute('data-count')), row.querySelector('.path-share')?.textContent],
          ]),
        ),
      );

  it('stands on both sides of a page, each step once, and leads on to its neighbours', async () => {
    await wander(147);
    await pass(148);
    await eventually(
      () => product.ask<TransitionsAnswer>('transitions?path=/shop'),
      ({ page }) => page?.pageViews === 4 && page.outbound.length === 1,
    );
    const dashboard = await openDashboard(await person(149), product, '#/paths?path=/shop');
    await dashboard.waitForSelector('[data-testid="path-flow"]');
    expect(await dashboard.getByTestId('path-views').textContent()).toBe('4');
    expect(await rowsOf(dashboard, 'before')).toEqual({
      entries: [0, '0%'],
      '/docs.html': [2, '50%'],
      '/shop/product/2': [1, '25%'],
      '/signup.html': [1, '25%'],
    });
    expect(await rowsOf(dashboard, 'after')).toEqual({
      '/shop/product/2': [1, '25%'],
      '/signup.html': [1, '25%'],
      exits: [2, '50%'],
      'link https://en.wikipedia.org/wiki/Coffee': [1, '25%'],
    });
    expect(await dashboard.getByTestId('transition-table').locator('tbody tr').first().innerText()).toMatch(
      /^\/docs\.html\s+\/shop\s+2\s+\d+%$/,
    );
    expect(await barriers(dashboard)).toEqual([]);

    const saved = dashboard.waitForEvent('download');
    await dashboard.getByTestId('export').click();
    await dashboard.getByTestId('export-page-steps').click();
    const csv = await readFile(await (await saved).path(), 'utf8');
    expect(csv.replace('\uFEFF', '').split('\r\n').slice(0, 2)).toEqual(['from,to,count', '/docs.html,/shop,2']);
    await dashboard.keyboard.press('Escape');

    await dashboard.getByTestId('path-after').getByRole('link', { name: '/signup.html' }).focus();
    await dashboard.keyboard.press('Enter');
    await dashboard.waitForSelector('.path-page strong[title="/signup.html"]');
    expect(await rowsOf(dashboard, 'before')).toEqual({ entries: [0, '0%'], '/shop': [1, '100%'] });
    expect(await rowsOf(dashboard, 'after')).toEqual({ '/shop': [1, '100%'], exits: [0, '0%'] });

    await dashboard.setViewportSize({ width: 390, height: 844 });
    const overflow = await dashboard.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
  });
});
