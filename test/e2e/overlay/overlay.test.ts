import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { eventually, openDashboard } from '../product.ts';
import { heatAt, openShadows, overlayStage, untilHeatOn } from './overlay-stage.ts';

const stage = overlayStage();

const shop = `<style>body { margin: 0 } .bar { height: 90px } button { margin: 60px; padding: 20px 60px }</style>
  <div class="bar">Shop</div><button id="buy">Buy now</button><p id="about">About us</p>`;

const panel = (page: Page) => page.getByRole('region', { name: 'SitePulse overlay' });

test('one click in the dashboard opens the page with the heat on the right element', async () => {
  const site = await stage.site({ '/shop': { body: shop } });
  await stage.visit(`${site.url}/shop`, [['#buy', 0.25, 0.5]]);
  const context = await stage.person();
  const dashboard = await openDashboard(context, stage.product, '#/heatmap?path=/shop&device=desktop');
  await openShadows(context);
  const opening = context.waitForEvent('page');
  await dashboard.getByTestId('open-on-site').click();
  const seen = await opening;
  await panel(seen).getByText('Placed 1 of 1.').waitFor();
  await untilHeatOn(seen, '#buy', 0.25, 0.5);
  const about = await seen.locator('#about').boundingBox();
  expect(await heatAt(seen, (about?.x ?? 0) + 20, (about?.y ?? 0) + 8)).toBe(0);
});

test('a click made elsewhere appears while one looks', async () => {
  const site = await stage.site({ '/live': { body: shop } });
  await stage.visit(`${site.url}/live`, []);
  const page = await stage.open(`${site.url}/live`);
  await panel(page).getByText('Live', { exact: true }).first().waitFor();
  await panel(page).getByText('Nothing was counted here in this time.').waitFor();
  await stage.visit(`${site.url}/live`, [['#buy', 0.5, 0.5]]);
  await panel(page).getByText('Placed 1 of 1.').waitFor();
  await untilHeatOn(page, '#buy', 0.5, 0.5);

  // The next one fades in, and what was there before is there in each frame.
  const [buy, about] = [await middleOf(page, '#buy'), await middleOf(page, '#about')];
  const old = await eventually(
    () => heatAt(page, ...buy),
    (alpha) => alpha > 0,
  );
  await noteFrames(page, [buy, about]);
  await stage.visit(`${site.url}/live`, [['#about', 0.5, 0.5]]);
  await panel(page).getByText('Placed 2 of 2.').waitFor();
  const frames = await eventually(
    () => page.evaluate(() => (globalThis as unknown as { frames: [number, number][] }).frames),
    (noted) => (noted.at(-1)?.[1] ?? 0) > 0 && noted.at(-1)?.[1] === noted.at(-20)?.[1],
  );
  const fresh = frames.map(([, alpha]) => alpha);
  expect(Math.min(...frames.map(([alpha]) => alpha))).toBeGreaterThanOrEqual(old);
  expect(fresh).toEqual([...fresh].sort((one, other) => one - other));
  expect(new Set(fresh).size).toBeGreaterThan(3);
});

async function middleOf(page: Page, selector: string): Promise<[x: number, y: number]> {
  const box = await page.locator(selector).boundingBox();
  if (!box) throw new Error(`${selector} is not shown`);
  return [box.x + box.width / 2, box.y + box.height / 2];
}

/** Notes, with each frame from now on, how opaque the heat is at these points of the window. */
async function noteFrames(page: Page, points: [x: number, y: number][]): Promise<void> {
  await page.evaluate((all) => {
    const frames: number[][] = [];
    const canvas = document.querySelector('html > [data-sp-ignore]')?.shadowRoot?.querySelector('canvas');
    const note = () => {
      const share = (canvas?.width ?? 0) / innerWidth;
      const context = canvas?.getContext('2d');
      frames.push(all.map(([x, y]) => context?.getImageData(x * share, y * share, 1, 1).data[3] ?? 0));
      requestAnimationFrame(note);
    };
    note();
    Object.assign(globalThis, { frames });
  }, points);
}

test('a ticket that was used says so, and opens nothing', async () => {
  const site = await stage.site({ '/used': { body: shop } });
  const ticket = await stage.ticket();
  const page = await (await stage.person()).newPage();
  await openShadows(page);
  await page.goto(`${site.url}/used#sitepulse=${ticket}`);
  await panel(page).getByText('Nothing was counted here').waitFor();
  const again = await (await stage.person()).newPage();
  await openShadows(again);
  await again.goto(`${site.url}/used#sitepulse=${ticket}`);
  await panel(again).getByText('This link was used already, or is over a minute old').waitFor();
});

test('the ticket reaches no server but the one that takes it, and no referrer', async () => {
  const site = await stage.site({
    '/secret': { body: `${shop}<img src="/pixel.png"><a id="next" href="/next">Next</a>` },
    '/next': { body: 'Next' },
  });
  const ticket = await stage.ticket();
  const page = await (await stage.person()).newPage();
  await openShadows(page);
  const bearing: string[] = [];
  page.on('request', (request) => {
    const told = [request.url().split('#')[0], JSON.stringify(request.headers())].join(' ');
    if (told.includes(ticket)) bearing.push(request.url());
    if (request.postData()?.includes(ticket)) bearing.push(`body of ${new URL(request.url()).pathname}`);
  });
  await page.goto(`${site.url}/secret#sitepulse=${ticket}`);
  await panel(page).getByText('Nothing was counted here').waitFor();
  expect(page.url()).toBe(`${site.url}/secret`);
  expect(await page.content()).not.toContain(ticket);
  await page.click('#next');
  await page.waitForURL('**/next');
  expect(bearing).toEqual(['body of /v1/overlay-token']);
  expect(JSON.stringify(site.requests)).not.toContain(ticket);
});
