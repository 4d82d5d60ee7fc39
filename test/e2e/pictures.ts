/** `npm run pictures`: the dashboard as simulated visitors fill it, light and dark, into `docs/pictures/`. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser } from 'playwright-core';
import { kind, navigation, type PulseEvent, type WireElement } from '../../functions/contract/event.ts';
import type { Device } from '../../functions/contract/record.ts';
import { build } from '../../localstack/build.ts';
import { synth } from '../../localstack/synth.ts';
import { readDemoPages } from '../../localstack/visitors/demo-layout.ts';
import { populate } from '../../localstack/visitors/population.ts';
import { Tally } from '../../localstack/visitors/tally.ts';
import { type Layer, layerNames } from '../../web/view/layer.ts';
import { newBatch, postBatch, wirePage } from './batch.ts';
import { shootOverlay } from './overlay/overlay-picture.ts';
import { eventually, giveKey, type Product, startBrowser, startProduct } from './product.ts';
import { visitAsPerson } from './sessions/person.ts';
import { shootReplay } from './sessions/replay-picture.ts';

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
  { name: 'paths', route: '#/paths?path=/shop', ready: '.path-flow' },
  { name: 'goals', route: '#/goals', ready: '.funnel-card' },
  { name: 'sessions', route: '#/sessions', ready: '[data-testid="session-table"] tbody tr:nth-child(8)' },
  { name: 'health', route: '#/health', ready: '.figures-card' },
];

/** Simulated visitors don't give up on forms: some of these do. */
async function fillIn(product: Product): Promise<void> {
  const fields = ['name', 'email', 'plan', 'brew'].map((id): WireElement => [0, `#${id}`, '', 100, 300, 300, 40, 1]);
  const origin = new URL(product.urls.demoUrl).origin;
  for (let visitor = 0; visitor < 40; visitor++) {
    const last = [3, 3, 1, 3, 0, 3, 1, 3][visitor % 8] ?? 3;
    const visits = fields.slice(0, last + 1).map((_, at): PulseEvent => [kind.field, 0, at, 2_000 + 900 * at, 1]);
    const x: PulseEvent[] = [[kind.view, 0, 0, navigation.load], [kind.reach, 0, 0, 0, 19], ...visits];
    if (last < 3 || visitor % 8 === 7) x.push([kind.abandon, 0, last]);
    const page = wirePage(formPath, 'First bag', 1_400);
    await postBatch(product.urls.apiUrl, newBatch({ k: product.cloud.writeKey, o: origin, p: [page], e: fields, x }), {
      origin,
    });
  }
}

const formPath = '/signup.html';
/** Where a layer has the most to show. */
const pathOf: Partial<Record<Layer, string>> = { field: formPath, dead: '/article.html' };

async function takeCapture(product: Product, path: string, device: Device): Promise<void> {
  const body = JSON.stringify({ path, device });
  await product.call(`/v1/sites/${product.cloud.site}/captures`, { method: 'POST', body });
  await eventually(
    () => product.ask<{ capture: { image?: string } | null }>(`heatmap?path=${path}&device=${device}&layer=click`),
    ({ capture }) => Boolean(capture?.image),
    60_000,
  );
}

async function shoot(browser: Browser, product: Product, colorScheme: 'light' | 'dark'): Promise<void> {
  const context = await browser.newContext({ colorScheme, viewport: { width: 1440, height: 900 } });
  await giveKey(context, product);
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
  await shootOverlay(context, product, join(folder, `overlay-${colorScheme}.png`));
  await shootReplay(context, product, join(folder, `replay-${colorScheme}.png`));
  await context.close();
}

/** Each layer once, on a screen high enough to see the page change from one end of a scale to the other. */
async function shootLayers(browser: Browser, product: Product): Promise<void> {
  const context = await browser.newContext({ colorScheme: 'light', viewport: { width: 1440, height: 1200 } });
  await giveKey(context, product);
  for (const layer of layerNames) {
    // Taps are for fingers.
    const device: Device = layer === 'tap' ? 'mobile' : 'desktop';
    const path = pathOf[layer] ?? '/';
    const page = await context.newPage();
    await page.goto(`${product.urls.dashboardUrl}#/heatmap?path=${path}&device=${device}&layer=${layer}`);
    await page.waitForSelector('.surface:not(.is-loading) .surface-picture', { timeout: 60_000 });
    await page.waitForSelector('[data-testid="heatmap-canvas"]:not([data-total="0"])', { timeout: 60_000 });
    await sleep(2_500);
    await page.screenshot({ path: join(folder, `layer-${layer}.jpg`), type: 'jpeg', quality: 82 });
    console.log(`docs/pictures/layer-${layer}.jpg`);
    await page.close();
  }
  await context.close();
}

mkdirSync(folder, { recursive: true });
await build(join(root, 'dist'));
await synth(join(root, 'cdk.out'));
const [product, browser] = await Promise.all([startProduct(), startBrowser()]);
const to = {
  eventsUrl: new URL('/v1/events', product.urls.apiUrl),
  demoOrigin: new URL(product.urls.demoUrl).origin,
  writeKey: product.cloud.writeKey,
};
console.log(`${visitorsAtOnce} visitors for ${visitingMs / 1000} s …`);
const population = populate(visitorsAtOnce, 40_000, 4, readDemoPages(), to, new Tally());
await sleep(visitingMs);
await fillIn(product);
await (await visitAsPerson(browser, product)).leave();
for (const device of ['desktop', 'mobile'] as const) await takeCapture(product, '/', device);
for (const path of Object.values(pathOf)) await takeCapture(product, path, 'desktop');
await shoot(browser, product, 'light');
await shoot(browser, product, 'dark');
await shootLayers(browser, product);
await population.leave();
await browser.close();
await product.close();
