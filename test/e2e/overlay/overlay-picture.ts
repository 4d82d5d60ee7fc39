import { setTimeout as sleep } from 'node:timers/promises';
import type { BrowserContext } from 'playwright-core';
import type { TicketAnswer } from '../../../functions/contract/answer.ts';
import type { Product } from '../product.ts';
import { openShadows } from './overlay-stage.ts';

/** Takes a picture of the demo site with the overlay on it. */
export async function shootOverlay(context: BrowserContext, product: Product, path: string): Promise<void> {
  const answer = await product.call(`/v1/sites/${product.cloud.site}/tickets`, { method: 'POST', body: '{}' });
  const { ticket } = (await answer.json()) as TicketAnswer;
  const page = await context.newPage();
  await openShadows(page);
  await page.goto(`${product.urls.demoUrl}#sitepulse=${ticket}`);
  await page.getByRole('region', { name: 'SitePulse overlay' }).getByText('Live', { exact: true }).first().waitFor();
  await page.getByText(/^Placed [1-9]/).waitFor();
  // What has just arrived is still fading in.
  await sleep(2_500);
  await page.screenshot({ path });
  await page.close();
}
