import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { MarkerAnswer, PlaybackAnswer } from '../../../functions/contract/answer.ts';
import { localDay } from '../../../functions/contract/time-unit.ts';
import { recordDay, totals } from '../heatmap-layers/recorded-day.ts';
import { giveKey, type Product, startBrowser, startProduct } from '../product.ts';

let product: Product;
let browser: Browser;

beforeAll(async () => {
  [product, browser] = await Promise.all([startProduct(), startBrowser()]);
  await recordDay(product);
}, 180_000);
afterAll(async () => {
  await browser?.close();
  await product?.close();
});
afterEach(async () => {
  for (const context of browser.contexts()) await context.close();
});

async function open(more = ''): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' });
  await giveKey(context, product);
  const page = await context.newPage();
  await page.goto(`${product.urls.dashboardUrl}#/heatmap?path=/&device=desktop&layer=click${more}`);
  await page.waitForSelector(`[data-testid="heatmap-canvas"][data-total="${totals.click}"]`);
  return page;
}
const choose = (page: Page, mode: string) => page.getByText(mode, { exact: true }).click();

describe('a map through time', () => {
  it('shows the frame that the slider stands at, by keyboard too', async () => {
    const page = await open();
    await choose(page, 'Playback');
    const slider = page.getByTestId('scrubber');
    await slider.waitFor();
    const { frames } = await product.ask<PlaybackAnswer>('playback?path=/&device=desktop&layer=click');
    // All was clicked in this hour, or in two if it has just begun.
    const busiest = frames.findIndex(({ total }) => total > 0);
    await slider.focus();
    await page.keyboard.press('Home');
    for (let n = 0; n < busiest; n++) await page.keyboard.press('ArrowRight');
    await page.waitForSelector(`[data-testid="heatmap-canvas"][data-total="${frames[busiest]?.total}"]`);
    expect(await slider.getAttribute('aria-valuetext')).toContain(`${frames[busiest]?.total} clicks`);
    expect(await page.getByText('Hour by hour').count()).toBe(1);
  });

  it('plays up to the newest frame and stops there, and begins anew from it', async () => {
    const page = await open('&range=7d');
    await choose(page, 'Playback');
    const [slider, button] = [page.getByTestId('scrubber'), page.getByTestId('play')];
    await slider.focus();
    await page.keyboard.press('End');
    const last = await slider.inputValue();
    await page.keyboard.press('ArrowLeft');
    expect(await slider.inputValue()).toBe(String(Number(last) - 1));
    await button.click();
    await page.waitForFunction(
      (end) =>
        document.querySelector<HTMLInputElement>('[data-testid="scrubber"]')?.value === end &&
        document.querySelector('[data-testid="play"]')?.textContent === 'Play',
      last,
    );
    await button.click();
    await button.getByText('Pause').waitFor();
    expect(Number(await slider.inputValue())).toBeLessThan(Number(last) / 2);
    await button.click();
    await button.getByText('Play').waitFor();
  });

  it('says that movement plays day by day, and that bands do not', async () => {
    const page = await open('&range=7d');
    await choose(page, 'Playback');
    await page.getByTestId('scrubber').waitFor();
    await page.evaluate(() => {
      location.hash = location.hash.replace('layer=click', 'layer=move');
    });
    await page.getByText('Day by day').waitFor();
    expect(await page.getByTestId('scrubber').getAttribute('max')).toBe('6');
    await page.evaluate(() => {
      location.hash = location.hash.replace('layer=move', 'layer=reach');
    });
    await page.getByText('This layer is not kept frame by frame').waitFor();
  });

  it('takes any days', async () => {
    const page = await open();
    const { zone } = await product.ask<PlaybackAnswer>('playback?path=/');
    const today = localDay(Date.now(), zone);
    const before = localDay(Date.now() - 3 * 86_400_000, zone);
    await page.getByTestId('first-day').fill(before);
    await page.getByTestId('last-day').fill(today);
    await page.waitForFunction((range) => location.hash.includes(range), `range=${before}..${today}`);
    await page.waitForSelector(`[data-testid="heatmap-canvas"][data-total="${totals.click}"]`);
    await page.getByTestId('last-day').fill(before);
    await page.waitForSelector('[data-testid="heatmap-canvas"][data-total="0"]');
  });
});

describe('a comparison', () => {
  it('puts two devices side by side on one scale', async () => {
    const page = await open();
    await choose(page, 'Compare');
    await page.getByTestId('compare-with').selectOption('device mobile');
    await choose(page, 'Side by side');
    const maps = page.getByTestId('heatmap-canvas');
    await page.waitForFunction(() => document.querySelectorAll('[data-testid="heatmap-canvas"]').length === 2);
    expect(await maps.nth(0).getAttribute('data-total')).toBe(String(totals.click));
    expect(await maps.nth(1).getAttribute('data-total')).toBe('0');
    expect(await maps.nth(0).getAttribute('data-max')).toBe(await maps.nth(1).getAttribute('data-max'));
  });

  it('says by element what changed at a marker, and does not guess where nobody came before', async () => {
    const { zone } = await product.ask<PlaybackAnswer>('playback?path=/');
    const at = String(Date.now() - 86_400_000);
    const response = await product.call(`/v1/sites/${product.cloud.site}/markers`, {
      method: 'POST',
      body: JSON.stringify({ text: 'Release 2.4', at }),
    });
    const marker = (await response.json()) as MarkerAnswer;
    expect(localDay(marker.splits.day, zone)).toBe(localDay(Date.now(), zone));
    const page = await open('&range=7d');
    await choose(page, 'Compare');
    await page.getByTestId('compare-with').selectOption(`marker ${at}`);
    await page.getByText('Nothing to compare: the page was not viewed before Release 2.4.').waitFor();
    expect(await page.getByTestId('compare-list').locator('li').count()).toBe(0);
  });
});
