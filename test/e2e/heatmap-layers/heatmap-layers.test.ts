import { readFile } from 'node:fs/promises';
import type { Browser, Download, Page, Request } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { HeatmapAnswer } from '../../../functions/contract/answer.ts';
import { type Layer, layerNames } from '../../../web/view/layer.ts';
import { headHeight, legendHeight } from '../../../web/view/picture-layout.ts';
import { readCsv } from '../../unit/contract/csv-reader.ts';
import { eventually, giveKey, type Product, startBrowser, startProduct } from '../product.ts';
import { isCold, isHot, painted, readPng } from './pixels.ts';
import { clickOnce, formula, recordDay, shop, totals, views } from './recorded-day.ts';

let product: Product;
let browser: Browser;
/** Where the picture has them, by key, in px of the page. */
let boxes: Map<string, [number, number, number, number]>;
let size: { width: number; height: number };

beforeAll(async () => {
  [product, browser] = await Promise.all([startProduct(), startBrowser()]);
  await recordDay(product);
  const { capture } = await product.ask<HeatmapAnswer>('heatmap?path=/&device=desktop&layer=click');
  if (!capture || 'error' in capture) throw new Error('the demo page has no picture');
  boxes = new Map(capture.elements.map(({ key, box }) => [key, box]));
  size = capture;
}, 180_000);
afterAll(async () => {
  await browser?.close();
  await product?.close();
});
afterEach(async () => {
  for (const context of browser.contexts()) await context.close();
});

const route = (layer: Layer, more = '') => `#/heatmap?path=/&device=desktop&layer=${layer}${more}`;

async function open(hash: string, viewport = { width: 1440, height: 900 }): Promise<Page> {
  const context = await browser.newContext({ viewport, reducedMotion: 'reduce' });
  await giveKey(context, product);
  const page = await context.newPage();
  await page.goto(product.urls.dashboardUrl + hash);
  await page.waitForSelector('[data-testid="surface"]:not(.is-loading) .surface-picture');
  return page;
}
const middleOf = (key: string) => {
  const [x, y, width, height] = boxes.get(key) ?? [Number.NaN, 0, 0, 0];
  return { x: x + width / 2, y: y + height / 2 };
};
/** Where a place of the page is on the screen now. */
async function onScreen(page: Page, { x, y }: { x: number; y: number }): Promise<{ x: number; y: number }> {
  const scale = Number(await page.getByTestId('heatmap-canvas').getAttribute('data-scale'));
  const { left, top } = await page
    .getByTestId('surface')
    .evaluate((element) => ({ left: element.getBoundingClientRect().left, top: element.getBoundingClientRect().top }));
  return { x: left + x * scale, y: top + y * scale };
}

const colorOf = (shape: Element) => (getComputedStyle(shape).backgroundColor.match(/[\d.]+/g) ?? []).map(Number);

describe('each layer', () => {
  /** On which element, and how far its cells may lie from the truth: half a step of clicks, of moves, or of four clicks. */
  const drawn: [Layer, keyof typeof totals, string, number][] = [
    ['tap', 'tap', '#hero-shop', 1 / 16],
    ['rage', 'rage', '#hero-shop', 1 / 4],
    ['dead', 'dead', '#hero-start', 1 / 4],
    ['move', 'move', '#hero', 1 / 40],
    ['hover', 'hover', '#hero-start', 1 / 4],
    ['hesitation', 'hesitation', '#hero-start', 1 / 4],
  ];
  it.each(drawn)('%s is drawn where it happened', async (layer, total, key, share) => {
    const page = await open(route(layer));
    await page.waitForSelector(`[data-testid="heatmap-canvas"][data-total="${totals[total]}"]`);
    const heat = await eventually(
      () => painted(page),
      ({ count, hottest }) => count > 50 && isHot(hottest),
    );
    const [x, y, width, height] = boxes.get(key) ?? [Number.NaN, 0, 0, 0];
    expect(Math.abs(heat.x - (x + width / 2))).toBeLessThan(width * share + 2);
    expect(Math.abs(heat.y - (y + height / 2))).toBeLessThan(height / 2 + 2);
  });

  it('click is drawn where it happened, and says how surely', async () => {
    const page = await open(route('click'));
    await page.waitForSelector(`[data-testid="heatmap-canvas"][data-total="${totals.click}"]`);
    await page.getByTestId('placed').getByText('60 placed exactly · 6 at the last seen place').waitFor();
    await eventually(
      () => painted(page),
      ({ count }) => count > 50,
    );
  });

  it('scroll reach is bands from hot to cold, with its lines and the fold', async () => {
    const page = await open(route('reach'));
    await page.waitForSelector('[data-testid="map-overlay"][data-shapes="20"]');
    const lines = page.locator('.map-line span');
    expect(await lines.allTextContents()).toEqual([
      '75% of views came this far',
      '50% and 25% of views came this far',
      'The first screen ends here, on average',
    ]);
    const colors = await page
      .locator('.map-shape')
      .evaluateAll((shapes) =>
        shapes.map((shape) => (getComputedStyle(shape).backgroundColor.match(/[\d.]+/g) ?? []).map(Number)),
      );
    expect(isHot(colors[0] ?? [])).toBe(true);
    expect(isCold(colors[19] ?? [])).toBe(true);
    const place = await onScreen(page, { x: size.width / 2, y: size.height * 0.07 });
    await page.mouse.move(place.x, place.y);
    await page.getByText(`5–10% of the page: ${views} of ${views} views (100%) · 1m 0s on screen, 1s each`).waitFor();
  });

  it('time in view is bands, hottest where it was longest', async () => {
    const page = await open(route('time'));
    await page.waitForSelector('[data-testid="map-overlay"][data-shapes="20"]');
    expect(await page.getByTestId('legend').getAttribute('data-max')).toBe('60000');
  });

  it('under-used elements are those on screen that nobody touched, though the counters know none of them', async () => {
    const page = await open(route('underused'));
    await page.waitForSelector('.map-shape');
    const place = await onScreen(page, middleOf('#nav-plans'));
    await page.mouse.move(place.x, place.y);
    await page.getByText(`Plans: on screen in ${views} views · 0 clicks, 0 hovers (0%)`).waitFor();
    const shop = await onScreen(page, middleOf('#hero-shop'));
    await page.mouse.move(shop.x, shop.y);
    await eventually(
      () => page.locator('.map-figures').count(),
      (count) => count === 0,
    );
  });

  it('fields are boxes that say how they were filled in, and where forms were left', async () => {
    const page = await open(route('field'));
    await page.waitForSelector('[data-testid="map-overlay"][data-shapes="1"]');
    expect(isHot(await page.locator('.map-shape').evaluate(colorOf))).toBe(true);
    await page.locator('.map-shape').scrollIntoViewIfNeeded();
    const box = await page.locator('.map-shape').boundingBox();
    await page.mouse.move((box?.x ?? 0) + 20, (box?.y ?? 0) + 10);
    await page.getByText('#email: 15 visits of 2s, 7 changed it · 6 left the form here (40%)').waitFor();
  });

  it('can be chosen by keyboard, and on a phone from a list; the address names it', async () => {
    const page = await open(route('click'));
    await page.getByRole('radio', { name: 'Clicks', exact: true }).focus();
    await page.keyboard.press('ArrowRight');
    await page.waitForFunction(() => location.hash.includes('layer=tap'));
    const phone = await open(route('click'), { width: 390, height: 844 });
    expect(await phone.getByRole('radio', { name: 'Clicks', exact: true }).isVisible()).toBe(false);
    const list = phone.getByRole('combobox', { name: 'Layer' });
    expect(await list.locator('option').count()).toBe(layerNames.length);
    await list.selectOption('rage');
    await phone.waitForSelector(`[data-testid="heatmap-canvas"][data-total="${totals.rage}"]`);
    await phone.waitForFunction(() => location.hash.includes('layer=rage'));
  });
});

describe('the element table', () => {
  const keys = (page: Page) =>
    page
      .getByTestId('element-table')
      .locator('tbody tr')
      .evaluateAll((rows) => rows.map((row) => (row as HTMLElement).dataset.key));

  it('sorts by any column, and says so', async () => {
    const page = await open(route('click'));
    const head = page.getByRole('columnheader', { name: 'Clicks' });
    await page.getByTestId('element-table').getByText('Browse the shop').waitFor();
    expect(await head.getAttribute('aria-sort')).toBe('descending');
    expect(await keys(page)).toEqual(['#hero-shop', '#formula', '#email', '#hero-start']);
    await head.getByRole('button').click();
    expect(await head.getAttribute('aria-sort')).toBe('ascending');
    expect(await keys(page)).toEqual(['#email', '#hero-start', '#formula', '#hero-shop']);
    await page.getByRole('columnheader', { name: 'Hovers' }).getByRole('button').click();
    expect(await keys(page)).toEqual(['#hero-start', '#hero-shop', '#formula', '#email']);
    expect(await head.getAttribute('aria-sort')).toBe('none');
  });

  it('outlines the row’s element on the map', async () => {
    const page = await open(route('click'));
    await page.getByTestId('element-table').getByText('Browse the shop').hover();
    const outline = page.locator('.outline.is-pointed');
    await outline.waitFor();
    const box = await outline.boundingBox();
    const middle = await onScreen(page, middleOf('#hero-shop'));
    expect(Math.abs((box?.x ?? 0) + (box?.width ?? 0) / 2 - middle.x)).toBeLessThan(2);
    expect(Math.abs((box?.y ?? 0) + (box?.height ?? 0) / 2 - middle.y)).toBeLessThan(2);
  });

  it('is led to from a place of the map, whose elements a small panel lists until Escape', async () => {
    const page = await open(route('click'));
    const place = await onScreen(page, middleOf('#hero-start'));
    await page.mouse.click(place.x, place.y);
    const panel = page.getByTestId('elements-here');
    const listed = await panel
      .locator('button[data-key]')
      .evaluateAll((items) => items.map((item) => (item as HTMLElement).dataset.key));
    expect(listed).toEqual(['#hero-start', '#hero']);
    await panel.getByText('0 clicks · 60 hovers').click();
    await page.locator('tr.is-chosen[data-key="#hero-start"]').waitFor();
    await page.keyboard.press('Escape');
    await panel.waitFor({ state: 'detached' });
  });
});

describe('the scale', () => {
  it('follows the map until it is fixed; then a colour means the same on every map, also after a refresh', async () => {
    const page = await open(route('click'));
    const legend = page.getByTestId('legend');
    await page.waitForSelector(`[data-testid="heatmap-canvas"][data-total="${totals.click}"]`);
    expect(await legend.getAttribute('data-max')).toBe('60');
    await eventually(
      () => painted(page),
      ({ hottest }) => isHot(hottest),
    );
    await page.getByText('Fixed', { exact: true }).click();
    const end = page.getByTestId('scale-end');
    expect(await end.inputValue()).toBe('60');
    await end.fill('3000');
    await end.press('Enter');
    await page.waitForFunction(() => location.hash.includes('scale=3000'));
    await page.waitForSelector('[data-testid="legend"][data-max="3000"]');
    await eventually(
      () => painted(page),
      ({ hottest }) => isCold(hottest),
    );
    await page.reload();
    await page.waitForSelector('[data-testid="legend"][data-max="3000"]');
    await page.getByTestId('scale-end').fill('many');
    await page.getByTestId('scale-end').press('Enter');
    expect(await page.getByTestId('scale-end').inputValue()).toBe('3000');
    await page.getByText('99th percentile').click();
    await page.waitForSelector('[data-testid="legend"][data-max="60"]');
  });
});

describe('what is saved', () => {
  async function saved(page: Page, button: 'save-png' | 'save-csv'): Promise<{ download: Download; bytes: Buffer }> {
    await page.getByTestId('export').click();
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByTestId(button).click()]);
    return { download, bytes: await readFile(await download.path()) };
  }

  it('is every element as CSV, in which a label is never a formula', async () => {
    const page = await open(route('click'));
    await page.waitForSelector(`[data-testid="heatmap-canvas"][data-total="${totals.click}"]`);
    await page.getByTestId('element-table').getByText('9.1%').waitFor();
    const { download, bytes } = await saved(page, 'save-csv');
    expect(download.suggestedFilename()).toMatch(/^elements-desktop-\d{4}-\d\d-\d\d\.csv$/);
    const [head = '', ...rows] = bytes.toString('utf8').replace('\uFEFF', '').split('\r\n');
    const names = head.split(',');
    const cellsOf = (key: string) => {
      const row = rows.find((text) => text.split(',')[1] === key)?.split(',') ?? [];
      return Object.fromEntries(names.map((name, index) => [name, row[index]]));
    };
    expect(cellsOf(shop[1])).toMatchObject({ clicks: '60', taps: '20', rage: '6', perView: '1', placed: 'exactly' });
    expect(cellsOf(formula[1])).toMatchObject({ label: "'=1+1", clicks: '6', share: '0.0909', placed: 'by fallback' });
    expect(cellsOf('#hero-start')).toMatchObject({ hovers: '60', hesitation: '0.5', dead: '4' });
  });

  it('is what the API exports, chosen by keyboard: the elements as CSV, the cells as NDJSON', async () => {
    const page = await open(route('click'));
    await page.waitForSelector(`[data-testid="heatmap-canvas"][data-total="${totals.click}"]`);
    const asked: Request[] = [];
    page.on('request', (request) => void (request.url().includes('/export?') && asked.push(request)));
    const press = async (...keys: string[]) => {
      for (const key of keys) await page.keyboard.press(key);
    };
    const downloaded = async (...keys: string[]) => {
      const [download] = await Promise.all([page.waitForEvent('download'), press(...keys)]);
      await page.getByText(`Saved ${download.suggestedFilename()}`).waitFor();
      return { name: download.suggestedFilename(), text: await readFile(await download.path(), 'utf8') };
    };
    await page.getByTestId('export').focus();
    await press('Enter');
    const elements = await downloaded('Tab', 'Tab', 'Enter');
    expect(elements.name).toMatch(/^[\w-]+-elements-desktop-\d{4}-\d\d-\d\d\.csv$/);
    expect(elements.text.startsWith('\uFEFF')).toBe(true);
    const [head = [], ...rows] = readCsv(elements.text.slice(1));
    const rowOf = (key: string) => {
      const row = rows.find((cells) => cells[0] === key) ?? [];
      return Object.fromEntries(head.map((name, index) => [name, row[index]]));
    };
    expect(rowOf(shop[1])).toMatchObject({ clicks: '60', taps: '20', rage: '6', clickable: 'true' });
    expect(rowOf(formula[1])).toMatchObject({ label: "'=1+1", clicks: '6' });
    await press('Shift+Tab', 'ArrowRight', 'ArrowRight');
    const cells = await downloaded('Tab', 'Tab', 'Enter');
    expect(cells.name).toMatch(/^[\w-]+-heatmap-desktop-click-\d{4}-\d\d-\d\d\.ndjson$/);
    const values = cells.text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).value);
    expect(values.reduce((sum, value) => sum + value, 0)).toBe(totals.click);
    // Who may read is told by a header, as everywhere: an address may be kept.
    expect(asked).toHaveLength(2);
    for (const request of asked) expect(request.url()).not.toContain(product.apiKey);
    expect(asked.map((request) => request.headers().authorization)).toEqual(
      asked.map(() => `Bearer ${product.apiKey}`),
    );
    await press('Escape');
    await page.getByTestId('export-elements').waitFor({ state: 'hidden' });
    expect(await page.getByTestId('export').evaluate((button) => button === document.activeElement)).toBe(true);
  });

  it('is the whole map as a picture, with its legend', async () => {
    const page = await open(route('click'));
    await page.waitForSelector(`[data-testid="heatmap-canvas"][data-total="${totals.click}"]`);
    const { download, bytes } = await saved(page, 'save-png');
    expect(download.suggestedFilename()).toMatch(/^heatmap-desktop-click-\d{4}-\d\d-\d\d\.png$/);
    const { x, y } = middleOf('#hero-shop');
    const height = headHeight + size.height + legendHeight;
    const legendY = headHeight + size.height + 36;
    const png = await readPng(page, bytes, [
      [Math.round(x), Math.round(y + headHeight)],
      [18, legendY],
      [370, legendY],
      [4, 4],
    ]);
    expect([png.width, png.height]).toEqual([size.width, height]);
    const [heat = [], coldEnd = [], hotEnd = [], paper] = png.colors;
    expect(isHot(heat)).toBe(true);
    expect(isCold(coldEnd)).toBe(true);
    expect(isHot(hotEnd)).toBe(true);
    expect(paper).toEqual([255, 253, 249]);
  });
});

/** Last: it adds to the day. */
describe('a click that comes in while one looks', () => {
  it('is added to the map that stands there: nothing of it is taken away', async () => {
    const page = await open(route('click'));
    await page.waitForSelector('[data-connection="live"]');
    await page.waitForSelector(`[data-testid="heatmap-canvas"][data-total="${totals.click}"]`);
    await eventually(
      () => painted(page),
      ({ count }) => count > 50,
    );
    await page.evaluate(() => {
      const heat = document.querySelector('[data-testid="heatmap-canvas"]');
      const removed: string[] = [];
      const watcher = new MutationObserver((changes) => {
        for (const { removedNodes } of changes)
          removed.push(...[...removedNodes].map((node) => (node as Element).className));
      });
      if (heat) watcher.observe(heat, { childList: true, subtree: true });
      Object.assign(globalThis, { removedFromMap: removed });
    });
    await clickOnce(product);
    await page.waitForSelector(`[data-testid="heatmap-canvas"][data-total="${totals.click + 1}"]`);
    await page.waitForSelector('.heat-bloom', { state: 'attached' });
    const removed = await page.evaluate('removedFromMap');
    expect((removed as string[]).filter((name) => name !== 'heat-bloom')).toEqual([]);
  });
});
