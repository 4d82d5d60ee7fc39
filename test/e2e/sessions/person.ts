import type { Browser, Page } from 'playwright-core';
import { type Product, visitorContext } from '../product.ts';

/** One person looks around the demo site by mouse and wheel, hesitates, takes their anger out on a picture, and leaves. */
export async function visitAsPerson(browser: Browser, product: Pick<Product, 'urls'>): Promise<void> {
  const context = await visitorContext(browser, 147);
  const page = await context.newPage();
  await page.goto(product.urls.demoUrl);
  await page.mouse.move(300, 240, { steps: 4 });
  await rest(page);
  await page.mouse.move(420, 380, { steps: 6 });
  await rest(page);
  // Long enough over a link, and away from it without a click.
  await page.hover('#hero-shop');
  await rest(page, 1_300);
  await page.mouse.move(900, 420, { steps: 6 });
  await rest(page);
  for (let click = 0; click < 3; click++) await page.click('#hero-picture svg', { position: { x: 180, y: 200 } });
  for (let turn = 0; turn < 6; turn++) {
    await page.mouse.wheel(0, 400);
    await rest(page, 250);
  }
  await page.mouse.wheel(0, -9_000);
  await rest(page);
  const shown = page.waitForURL(/\/shop$/);
  await page.click('#nav-shop');
  await shown;
  await page.hover('[data-testid="product-north"]');
  await rest(page, 500);
  await page.click('[data-testid="product-north"]');
  await page.click('#add-to-bag');
  await rest(page, 300);
  const closed = page.waitForEvent('close');
  await page.close({ runBeforeUnload: true });
  await closed;
  await context.close();
}

/** Time passes for the visitor: it is what is recorded, not a wait for the product. */
async function rest(page: Page, ms = 220): Promise<void> {
  await page.waitForTimeout(ms);
}
