import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { eventually } from '../product.ts';
import { heatAt, hottest, openShadows, overlayStage, untilHeatOn } from './overlay-stage.ts';

const stage = overlayStage();
const panel = (page: Page) => page.getByRole('region', { name: 'SitePulse overlay' });
const placed = (page: Page, text: string) => panel(page).getByText(text).waitFor();
const button =
  '<style>body { margin: 0 } button { margin: 60px; padding: 20px 60px }</style><button id="buy">Buy</button>';

/** The strictest policy that the README says is enough. */
function policy(): string {
  const { snippetUrl, apiUrl, socketUrl } = stage.product.urls;
  const [snippet, api, socket] = [snippetUrl, apiUrl, socketUrl].map((url) => new URL(url).origin);
  return `default-src 'none'; script-src ${snippet}; connect-src ${api} ${socket}; img-src data:; frame-ancestors 'none'`;
}

test('a strict policy, a login and a refusal of frames are no obstacle', async () => {
  const headers = { 'content-security-policy': policy(), 'x-frame-options': 'DENY' };
  const cookie = 'session=of-a-customer';
  const site = await stage.site({
    '/account': { body: '<h1 id="orders">Your orders</h1><button id="pay">Pay</button>', headers, cookie },
    '/login': { body: 'Who are you?' },
  });
  const context = await stage.person();
  await context.addCookies([{ name: 'session', value: 'of-a-customer', url: site.url }]);
  const customer = await context.newPage();
  await customer.goto(`${site.url}/account`, { waitUntil: 'networkidle' });
  await customer.click('#pay');
  await customer.goto('about:blank');

  const refused: string[] = [];
  const page = await context.newPage();
  await openShadows(page);
  page.on('console', (message) => /content security policy/i.test(message.text()) && refused.push(message.text()));
  await page.goto(`${site.url}/account#sitepulse=${await stage.ticket()}`);
  await placed(page, 'Placed 1 of 1.');
  await untilHeatOn(page, '#pay', 0.5, 0.5);
  await panel(page).getByText('Live', { exact: true }).first().waitFor();
  // The panel is dressed, too: by a constructed style sheet, which no policy on styles is about.
  expect(await panel(page).evaluate((element) => getComputedStyle(element).borderTopLeftRadius)).toBe('14px');
  expect(refused).toEqual([]);
});

test('a policy that keeps the API away is named, with what to add to it', async () => {
  const { snippetUrl, apiUrl } = stage.product.urls;
  const csp = `default-src 'none'; script-src ${new URL(snippetUrl).origin}`;
  const site = await stage.site({ '/closed': { body: button, headers: { 'content-security-policy': csp } } });
  const page = await stage.open(`${site.url}/closed`);
  await panel(page).getByText(`keeps the overlay from ${apiUrl}: add it to connect-src.`).waitFor();
});

test('heat goes along with scrolling, resizing and what is inserted above', async () => {
  const body = `${button}<div style="height: 3000px"></div><button id="low">Far below</button><div style="height: 900px"></div>`;
  const site = await stage.site({ '/long': { body } });
  await stage.visit(`${site.url}/long`, [['#buy', 0.5, 0.5]]);
  const page = await stage.open(`${site.url}/long`);
  await untilHeatOn(page, '#buy', 0.5, 0.5);
  await page.evaluate(() => scrollTo(0, 40));
  await untilHeatOn(page, '#buy', 0.5, 0.5);
  await page.evaluate(() => document.body.insertAdjacentHTML('afterbegin', '<div style="height: 150px">Sale!</div>'));
  await untilHeatOn(page, '#buy', 0.5, 0.5);
  await page.setViewportSize({ width: 1100, height: 500 });
  await untilHeatOn(page, '#buy', 0.5, 0.5);
  await page.evaluate(() => scrollTo(0, 2_000));
  await eventually(
    () => hottest(page),
    (spot) => spot === null,
  );
  await placed(page, 'Placed 1 of 1.');
});

test('a navigation without a load shows the next page’s heat, and counts nothing', async () => {
  const body = `${button}<script>
    function go(path) { history.pushState(null, '', path); document.querySelector('button').id = path.slice(1); }
  </script>`;
  const site = await stage.site({ '/first': { body }, '/second': { body: body.replace('id="buy"', 'id="second"') } });
  await stage.visit(`${site.url}/second`, [
    ['#second', 0.5, 0.5],
    ['#second', 0.5, 0.5],
  ]);
  const page = await stage.open(`${site.url}/first`);
  const sent: string[] = [];
  page.on('request', (request) => request.url().endsWith('/v1/events') && sent.push(request.url()));
  await placed(page, 'Nothing was counted here in this time.');
  await page.evaluate("go('/second')");
  await placed(page, 'Placed 2 of 2.');
  await untilHeatOn(page, '#second', 0.5, 0.5);
  await page.evaluate('history.back()');
  await placed(page, 'Nothing was counted here in this time.');
  expect(sent).toEqual([]);
});

test('a sticky header keeps its heat where it is, and an inner scroller hides what it hides', async () => {
  const rows = Array.from(
    { length: 30 },
    (_, row) => `<li>Row <button data-id="row-${'x'.repeat(row + 1)}">Pick</button></li>`,
  );
  const body = `<style>body { margin: 0 } header { position: sticky; top: 0; padding: 20px; background: #eee }
    ul { height: 200px; margin: 40px; overflow: auto } li { height: 50px }</style>
    <header><button id="menu">Menu</button></header><ul id="list">${rows.join('')}</ul><div style="height: 3000px"></div>`;
  const site = await stage.site({ '/sticky': { body } });
  const second = '[data-id="row-xx"]';
  await stage.visit(`${site.url}/sticky`, [['#menu', 0.5, 0.5]]);
  const page = await stage.open(`${site.url}/sticky`);
  await untilHeatOn(page, '#menu', 0.5, 0.5);
  await page.evaluate(() => scrollTo(0, 1_500));
  await untilHeatOn(page, '#menu', 0.5, 0.5);

  await stage.visit(`${site.url}/sticky`, [[second, 0.5, 0.5]]);
  await page.evaluate(() => scrollTo(0, 0));
  await placed(page, 'Placed 2 of 2.');
  const box = await page.locator(second).boundingBox();
  const [x, y] = [(box?.x ?? 0) + (box?.width ?? 0) / 2, (box?.y ?? 0) + (box?.height ?? 0) / 2];
  await eventually(
    () => heatAt(page, x, y),
    (alpha) => alpha > 0,
  );
  await page.evaluate(() => document.getElementById('list')?.scrollTo(0, 30));
  await eventually(
    () => heatAt(page, x, y - 30),
    (alpha) => alpha > 0,
  );
  await page.evaluate(() => document.getElementById('list')?.scrollTo(0, 400));
  await eventually(
    () => Promise.all([heatAt(page, x, y), heatAt(page, x, y - 30)]),
    (alphas) => alphas.every((alpha) => alpha === 0),
  );
});

test('an element in an open shadow tree has its heat; a frame’s own page is another page', async () => {
  const body = `<my-card></my-card><iframe id="inside" src="/inner" style="display: block; width: 400px; height: 200px"></iframe>
    <script>customElements.define('my-card', class extends HTMLElement {
      connectedCallback() { this.attachShadow({ mode: 'open' }).innerHTML = '<p>Card</p><button>Buy the card</button>'; }
    });</script>`;
  const site = await stage.site({ '/card': { body }, '/inner': { body: button } });
  await stage.visit(`${site.url}/card`, [['my-card button', 0.25, 0.5]]);
  const page = await stage.open(`${site.url}/card`);
  await placed(page, 'Placed 1 of 1.');
  await untilHeatOn(page, 'my-card button', 0.25, 0.5);
  await page.evaluate(() => document.querySelector('my-card')?.remove());
  await placed(page, 'Placed 0 of 1.');
});
