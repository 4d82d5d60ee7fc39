import type { Browser, Page } from 'playwright-core';
import { type Product, visitorContext } from '../product.ts';

/** What a person did, as they saw it. */
export interface Visited {
  page: Page;
  /** Where on the document of `/` the picture was clicked, px. */
  clickedAt: { x: number; y: number };
  /** Closes the tab, as people do. */
  leave(): Promise<void>;
}

/** Somebody looks around the demo site by mouse and wheel, hesitates, takes their anger out on a picture, and puts a bag in the basket. */
export async function visitAsPerson(browser: Browser, product: Pick<Product, 'urls'>): Promise<Visited> {
  const context = await visitorContext(browser, 147);
  const page = await context.newPage();
  await page.goto(product.urls.demoUrl);
  for (const [x, y] of [
    [300, 240],
    [420, 380],
  ] as const) {
    await page.mouse.move(x, y, { steps: 5 });
    await rest(page);
  }
  // Long enough over a link, and away from it without a click.
  await page.hover('#hero-shop');
  await rest(page, 1_300);
  const box = await page.locator('#hero-picture svg').boundingBox();
  if (!box) throw new Error('the demo page has no picture');
  const clickedAt = { x: Math.round(box.x + 180), y: Math.round(box.y + 200) };
  await page.mouse.move(clickedAt.x, clickedAt.y, { steps: 6 });
  await rest(page);
  for (let click = 0; click < 3; click++) await page.mouse.click(clickedAt.x, clickedAt.y);
  await rest(page, 400);
  for (let turn = 0; turn < 5; turn++) {
    await page.mouse.wheel(0, 400);
    await rest(page);
  }
  await page.mouse.wheel(0, -9_000);
  await rest(page);
  await page.click('#nav-shop');
  await page.waitForURL(/\/shop$/);
  await page.hover('[data-testid="product-north"]');
  await rest(page, 500);
  await page.click('[data-testid="product-north"]');
  await page.click('#add-to-bag');
  await rest(page);
  const leave = async () => {
    const closed = page.waitForEvent('close');
    await page.close({ runBeforeUnload: true });
    // Its browser stays: with it would go what the page sent last.
    await closed;
  };
  return { page, clickedAt, leave };
}

/** The visitor takes their time: that is what is recorded. Nothing of the product is waited for. */
async function rest(page: Page, ms = 220): Promise<void> {
  await page.waitForTimeout(ms);
}
