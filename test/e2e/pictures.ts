/** `npm run pictures`: the dashboard as simulated visitors fill it, light and dark, into `docs/pictures/`. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser } from 'playwright-core';
import { build } from '../../localstack/build.ts';
import { readDemoPages } from '../../localstack/visitors/demo-layout.ts';
import { populate } from '../../localstack/visitors/population.ts';
import { Tally } from '../../localstack/visitors/tally.ts';
import { eventually, type Product, startBrowser, startProduct } from './product.ts';

const root = join(import.meta.dirname, '..', '..');
const folder = join(root, 'docs', 'pictures');
const visitorsAtOnce = 90;
const visitingMs = 90_000;

const shots = [
  { name: 'live', route: '#/live', ready: '[data-testid="feed"] li:nth-child(8)' },
  { name: 'heatmap', route: '#/heatmap?path=/&device=desktop', ready: '[data-testid="heatmap-canvas"] canvas' },
  {
    name: 'heatmap-movement',
    route: '#/heatmap?path=/&device=desktop&layer=move',
    ready: '[data-testid="heatmap-canvas"] canvas',
  },
];

async function takeCapture(product: Product): Promise<void> {
  const body = JSON.stringify({ path: '/', device: 'desktop' });
  await product.call(`/v1/sites/${product.cloud.site}/captures`, { method: 'POST', body });
  await eventually(
    () => product.ask<{ capture: { image?: string } | null }>('heatmap?path=/&device=desktop&layer=click'),
    ({ capture }) => Boolean(capture?.image),
    60_000,
  );
}

async function shoot(browser: Browser, product: Product, colorScheme: 'light' | 'dark'): Promise<void> {
  const context = await browser.newContext({ colorScheme, viewport: { width: 1440, height: 900 } });
  for (const { name, route, ready } of shots) {
    const page = await context.newPage();
    await page.goto(product.urls.dashboardUrl + route);
    await page.waitForSelector('[data-connection="live"]');
    await page.waitForSelector(ready, { timeout: 60_000 });
    // What has just arrived is still fading in.
    await sleep(2_500);
    await page.screenshot({ path: join(folder, `${name}-${colorScheme}.png`) });
    console.log(`docs/pictures/${name}-${colorScheme}.png`);
    await page.close();
  }
  await context.close();
}

mkdirSync(folder, { recursive: true });
await build(join(root, 'dist'));
const [product, browser] = await Promise.all([startProduct(), startBrowser()]);
const to = {
  eventsUrl: new URL('/v1/events', product.urls.apiUrl),
  demoOrigin: new URL(product.urls.demoUrl).origin,
  writeKey: product.cloud.writeKey,
};
console.log(`${visitorsAtOnce} visitors for ${visitingMs / 1000} s …`);
const population = populate(visitorsAtOnce, 40_000, 4, readDemoPages(), to, new Tally());
await sleep(visitingMs);
await takeCapture(product);
await shoot(browser, product, 'light');
await shoot(browser, product, 'dark');
await population.leave();
await browser.close();
await product.close();
