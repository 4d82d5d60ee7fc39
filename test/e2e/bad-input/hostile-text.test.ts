import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HeatmapAnswer, PagesAnswer } from '../../../functions/contract/answer.ts';
import { kind, navigation } from '../../../functions/contract/event.ts';
import { newBatch, postBatch } from '../batch.ts';
import { eventually, openDashboard, type Product, startBrowser, startProduct, visitorContext } from '../product.ts';

const script = '<script>ran=1</script>';
/** What would tell of itself if any of it ran: where HTML is made of text, within an attribute, or as a link. */
const hostile = [script, '"><img src=/ran.png onerror=ran=1>', '<svg onload=ran=1>', 'javascript:ran=1'];

let product: Product;
let browser: Browser;
/** Open before anything is sent: what it shows was pushed to it. */
let early: Watched;

beforeAll(async () => {
  [product, browser] = await Promise.all([startProduct(), startBrowser()]);
  early = await watched('#/live');
  await sendHostile();
});
afterAll(async () => {
  await browser?.close();
  await product?.close();
});

/** A page view and all else that carries text, each text hostile. */
async function sendHostile(): Promise<void> {
  for (const text of hostile) {
    const batch = newBatch({
      g: text,
      p: [[`/${text}`, text, `https://${text}/`, 1280, 800, 2000, [text, text, text, text, text]]],
      e: [[0, text, text, 10, 10, 100, 40, 1]],
      x: [
        [kind.view, 0, 0, navigation.load],
        [kind.click, 0, 0, 2048, 2048, 0],
        [kind.outbound, 0, 0, text],
        [kind.download, 0, 0, text],
        [kind.custom, 0, 0, text, { [text]: text }],
      ],
    });
    const answer = await postBatch(product.urls.apiUrl, batch);
    expect(answer.status, await answer.text()).toBe(202);
  }
}

/** A person's page that changes its own title to a script: the snippet sends it as it is. */
async function browseHostile(context: BrowserContext): Promise<void> {
  const page = await context.newPage();
  await page.goto(product.urls.demoUrl);
  await page.evaluate((title) => {
    document.title = title;
    history.pushState({}, '', '/titled');
  }, script);
  await eventually(
    () => product.ask<PagesAnswer>('pages'),
    ({ rows }) => rows.some((row) => row.path === '/titled' && row.title === script),
  );
}

interface Watched {
  page: Page;
  /** What should not have happened: dialogs, requests for what only hostile text names, scripts that ran. */
  misdeeds(): Promise<string[]>;
}

async function watched(route: string): Promise<Watched> {
  const context = await visitorContext(browser, 170);
  const misdeeds: string[] = [];
  context.on('request', (request) => {
    if (new URL(request.url()).pathname.endsWith('/ran.png')) misdeeds.push(`asked for ${request.url()}`);
  });
  context.on('dialog', (dialog) => {
    misdeeds.push(`said ${dialog.message()}`);
    void dialog.dismiss();
  });
  const page = await openDashboard(context, product, route);
  return {
    page,
    async misdeeds() {
      const found = await page.evaluate(() => ({
        ran: 'ran' in window,
        made: document.querySelectorAll('#root script, [onerror], [onload], img[src*="ran"]').length,
        links: document.querySelectorAll('a[href^="javascript:" i], [src^="javascript:" i]').length,
      }));
      if (found.ran) misdeeds.push('a script ran');
      if (found.made > 0) misdeeds.push(`${found.made} elements were made of text`);
      if (found.links > 0) misdeeds.push(`${found.links} links run a script`);
      return misdeeds;
    },
  };
}

describe('text that would be a script if a page let it', () => {
  it('stands on the live page as text, both as it is pushed and as it is read again', async () => {
    await browseHostile(await visitorContext(browser, 171));
    const late = await watched('#/live');
    for (const { page, misdeeds } of [early, late]) {
      for (const text of hostile) await page.locator('.pages-list').getByText(`/${text}`, { exact: true }).waitFor();
      await page.getByTitle(`/titled: ${script}`, { exact: true }).first().waitFor();
      expect(await misdeeds()).toEqual([]);
    }
    for (const text of hostile) await early.page.getByTestId('feed').getByText(text, { exact: true }).first().waitFor();
    expect(await early.misdeeds()).toEqual([]);
  });

  it.each(hostile)('stands on the heatmap page as text: %s', async (text) => {
    const path = encodeURIComponent(`/${text}`);
    await eventually(
      () => product.ask<HeatmapAnswer>(`heatmap?path=${path}&device=desktop&layer=click`),
      ({ total }) => total === 1,
    );
    const { page, misdeeds } = await watched(`#/heatmap?path=${path}&device=desktop`);
    await page.waitForSelector('[data-testid="heatmap-canvas"][data-total="1"]');
    await page.getByTestId('element-table').getByText(text).first().waitFor();
    expect(await page.getByTestId('page-picker').inputValue()).toBe(`/${text}`);
    await page.getByTestId('element-table').locator('tbody tr').first().hover();
    expect(await misdeeds()).toEqual([]);
  });
});
