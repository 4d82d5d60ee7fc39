import type { BrowserContext } from 'playwright-core';
import type { SessionsAnswer } from '../../../functions/contract/session-answer.ts';
import type { Product } from '../product.ts';

/** Takes a picture of the replay of the person who was there (see `person.ts`), in the moment of their anger. */
export async function shootReplay(context: BrowserContext, product: Product, path: string): Promise<void> {
  const { rows } = await product.ask<SessionsAnswer>('sessions?frustrated=true&limit=200');
  // Simulated visitors may go there in anger, too: this one clicked six times on three pages.
  const found = rows.find((row) => row.exit === '/shop/product/3' && row.pageViews === 3 && row.clicks === 6);
  if (!found) throw new Error('no session ended in rage and a bag');
  const page = await context.newPage();
  await page.goto(`${product.urls.dashboardUrl}#/sessions/${found.id}`);
  await page.waitForSelector('[data-connection="live"]');
  await page.waitForSelector('.replay-card .surface-picture', { timeout: 60_000 });
  await page.locator('.timeline-line').filter({ hasText: '3 rage clicks' }).getByRole('button').click();
  await page.locator('.replay-ring').first().waitFor();
  await page.screenshot({ path });
  await page.close();
}
