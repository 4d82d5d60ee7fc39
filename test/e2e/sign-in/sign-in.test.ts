import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { localOwner, localViewer } from '../../../localstack/embedded/issuer/local-people.ts';
import { renewBeforeMs } from '../../../web/live/access.ts';
import { newBatch, postBatch } from '../batch.ts';
import { type Page, serveSite } from '../overlay/site-server.ts';
import { eventually, type Product, personAgent, startBrowser, startProduct, visitorContext } from '../product.ts';
import { accounts } from './accounts.ts';
import { barriers } from './axe.ts';
import { walk } from './keyboard.ts';
import { bearerOf, openMenu, type Person, person, shownOnce, signInAs, untilLive } from './person.ts';
import { open as openFor, owner as ownerOf, type Stage } from './stage.ts';
import { withoutMouse } from './without-mouse.ts';

let product: Product;
let browser: Browser;
beforeAll(async () => {
  [product, browser] = await Promise.all([startProduct(), startBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await product?.close();
});
afterEach(async () => {
  for (const context of browser.contexts()) await context.close();
});

const stage = (): Stage => ({ product, browser });
const open = (hash = '') => openFor(stage(), hash);
const owner = (hash = '') => ownerOf(stage(), hash);

describe('signing in', () => {
  it('lets the owner of the machine in at once; after a sign-out, whoever says who they are', async () => {
    const one = await open('#/health');
    await untilLive(one.page);
    expect(one.page.url()).toBe(`${product.urls.dashboardUrl}#/health`);
    await one.page.reload();
    await untilLive(one.page);
    const other = await one.context.newPage();
    await other.goto(product.urls.dashboardUrl);
    await untilLive(other);
    await openMenu(one);
    await one.text(localOwner.email);
    await one.button('Sign out');
    // No other tab of the browser looks on, and none comes back by being loaded again.
    await other.getByText('You signed out in another tab.').waitFor();
    await one.page.getByRole('button', { name: 'Sign in', exact: true }).waitFor();
    await one.page.reload();
    await signInAs(one, localViewer.button);
    await untilLive(one.page);
    await openMenu(one);
    await one.text('You are a viewer of this site.');
    await one.page.keyboard.press('Escape');
    await one.at('#/live');
    await one.page.getByText('Markers', { exact: false }).first().click();
    expect(await one.page.getByTestId('marker-add').count()).toBe(0);
    expect(await one.page.getByRole('link', { name: 'Settings' }).count()).toBe(0);
    await one.at('#/settings/people');
    await one.text('Only owners see this');
  });

  it('says when the issuer does not answer, and goes on when it does', async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.route('**/oidc/.well-known/**', (route) => route.abort());
    await page.goto(product.urls.dashboardUrl);
    await page.getByRole('alert').getByText('gave no usable answer').waitFor();
    await page.unroute('**/oidc/.well-known/**');
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await untilLive(page);
  });

  it('ends on every machine at once, and what the issuer still knows elsewhere opens nothing', async () => {
    const [here, there] = [await owner(), await owner()];
    await untilLive(there.page);
    // A token tells whole seconds: the sign-in there is of an earlier one than the sign-out.
    const [, claims = ''] = (await bearerOf(there)).split('.');
    const { auth_time: signedInAtS } = JSON.parse(Buffer.from(claims, 'base64url').toString());
    await eventually(
      async () => Date.now(),
      (now) => now >= (signedInAtS + 1) * 1_000,
    );
    await openMenu(here);
    await here.button('Sign out on every machine');
    await here.page.getByRole('button', { name: 'Sign in', exact: true }).waitFor();
    await there.page.getByRole('button', { name: 'Sign in', exact: true }).waitFor();
    await there.page.getByRole('alert').getByText('signed out everywhere').waitFor();
    // Another tab there comes in by the issuer's session without a question, and is refused what it gets.
    const tab = await there.context.newPage();
    await tab.goto(product.urls.dashboardUrl);
    await tab.getByRole('alert').getByText('signed out everywhere').waitFor();
    await signInAs(there, localOwner.button);
    await untilLive(there.page);
  });

  it('goes on by itself when its token ends: requests and the socket, too', async () => {
    const bearers = new Set<string>();
    const answered = new Set<number>();
    const one = await person(browser, product, '', async (context) => {
      // The dashboard is told of each token that it is about to end: every request needs another.
      await context.route('**/oidc/token', async (route) => {
        const response = await route.fetch();
        await route.fulfill({ response, json: { ...(await response.json()), expires_in: renewBeforeMs / 1_000 } });
      });
      context.on('response', (response) => {
        if (!response.url().includes('/v1/')) return;
        bearers.add(response.request().headers().authorization ?? '');
        answered.add(response.status());
      });
    });
    await untilLive(one.page);
    for (const page of ['heatmap', 'health', 'cost', 'live']) {
      const before = bearers.size;
      await one.at(`#/${page}`);
      await eventually(
        async () => bearers.size,
        (size) => size > before,
      );
      await untilLive(one.page);
    }
    // A socket that is opened by one of the later ones.
    await one.at('#/sites');
    await one.page.locator('.site-name').waitFor();
    await one.at('#/live');
    await untilLive(one.page);
    expect([...answered].filter((status) => status >= 400)).toEqual([]);
  });
});

describe('a site of one’s own', () => {
  it('is made, embedded, seen to receive its first event, shared, and deleted by its name', async () => {
    const one = await owner('#/sites');
    await one.page.getByRole('link', { name: 'Add a site' }).click();
    await one.page.getByLabel('Name').fill('Corner shop');
    await one.page.getByLabel('Origins').fill('shop.example');
    await one.button('Add the site');
    const refusal = one.page.locator('.field-failure');
    await refusal.waitFor();
    expect(await refusal.textContent()).toContain('shop.example');
    expect(await one.page.getByLabel('Origins').getAttribute('aria-invalid')).toBe('true');
    // Somebody's own pages, of another origin than the dashboard.
    const pages: Record<string, Page> = {};
    const shop = await serveSite('', pages);
    await one.page.getByLabel('Origins').fill(shop.url);
    await one.button('Add the site');

    await one.page.waitForSelector('[data-testid="first-event"][data-received="false"]');
    await one.text('Waiting for the first event');
    await one.context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await one.page.getByRole('button', { name: 'Copy the code' }).first().click();
    await one.text('Copied');
    pages['/'] = { body: `<h1>Corner shop</h1>${await one.page.evaluate(() => navigator.clipboard.readText())}` };
    const visitor = await visitorContext(browser, 171);
    await (await visitor.newPage()).goto(shop.url);
    await one.page.waitForSelector('[data-testid="first-event"][data-received="true"]');
    await visitor.close();
    await shop.close();

    await one.at('#/settings/keys');
    await one.page.getByLabel('What it is for').fill('Build server');
    await one.button('Make the key');
    await one.text('Copy it now');
    const secret = await shownOnce(one);
    const site = new URL(one.page.url()).searchParams.get('site');
    const ask = () =>
      fetch(`${product.urls.apiUrl}/v1/sites/${site}/live`, { headers: { authorization: `Bearer ${secret}` } });
    expect((await ask()).status).toBe(200);
    await one.page.getByRole('button', { name: 'Revoke Build server' }).click();
    await one.button('Revoke now');
    await one.text('No keys yet.');
    expect((await ask()).status).toBe(401);

    await one.at('#/settings/log');
    await one.text('revoked an API key');
    await one.at('#/settings/delete');
    await one.text('This cannot be taken back.');
    const doIt = one.page.getByRole('button', { name: 'Delete the site' });
    expect(await doIt.isDisabled()).toBe(true);
    await one.page.getByLabel('To go on').fill('Corner shop');
    await doIt.click();
    await one.page.waitForURL(/#\/sites$/);
    await eventually(
      () => one.page.locator('.site-name').allTextContents(),
      (names) => names.length === 1 && !names.includes('Corner shop'),
    );
    // Back is where one came from, and of a site that is no more it says so.
    await one.page.goBack();
    await one.text('You cannot see this site');
  });
});

/** Whoever may look sees what visitors did, and nothing that names one of them. */
async function looksAtSessions({ page, at }: Person): Promise<void> {
  const agent = { 'user-agent': personAgent(155) };
  expect((await postBatch(product.urls.apiUrl, newBatch(), agent)).status).toBe(202);
  await at('#/sessions');
  await page.locator('[data-session] a').first().click();
  await page.getByRole('link', { name: '← All sessions' }).waitFor();
  await page.getByText('Visitor', { exact: true }).waitFor();
  expect(await page.getByText('Visitor', { exact: true }).locator('..').innerText()).toMatch(/[A-Z][a-z]+ [a-z]+$/);
  expect(await page.locator('main').innerText()).not.toMatch(/[0-9a-f]{16}/);
  expect(await barriers(page)).toEqual([]);
  await at('#/live');
}

describe('others', () => {
  it('see a shared dashboard with its password, until the link is revoked', async () => {
    const host = await owner('#/settings/shares');
    await host.page.getByLabel('Who it is for').fill('The board');
    await host.page.getByLabel('Password').fill('correct horse');
    await host.button('Make the link');
    await host.text('Copy it now');
    const link = await shownOnce(host);
    const guest = await open(new URL(link).hash);
    await guest.text('shared with a password');
    expect((await walk(guest.page)).faults).toEqual([]);
    await guest.page.getByLabel('Password').fill('wrong horse');
    await guest.button('Open the dashboard');
    await guest.page.getByRole('alert').waitFor();
    await guest.page.getByLabel('Password').fill('correct horse');
    await guest.button('Open the dashboard');
    await untilLive(guest.page);
    expect(guest.page.url()).not.toContain(link.split('=')[1]);
    expect(await guest.page.getByRole('link', { name: 'Settings' }).count()).toBe(0);
    await looksAtSessions(guest);
    await guest.page.reload();
    await untilLive(guest.page);
    await host.page.getByRole('button', { name: 'Revoke The board' }).click();
    await host.button('Revoke now');
    await guest.text('This link does not open');
    await guest.page.getByRole('alert').getByText('revoked').waitFor();
  });

  it('join by an invitation, and are out as soon as they are removed', async () => {
    const host = await owner('#/settings/people');
    // Out for this test: the local viewer is there from the start.
    await host.page.getByRole('button', { name: `Remove ${localViewer.email}` }).click();
    await host.button('Remove now');
    await host.page.getByLabel('E-mail').fill(localViewer.email);
    await host.button('Make the link');
    await host.text('Copy it now');
    const link = await shownOnce(host);
    const guest = await open();
    await untilLive(guest.page);
    await openMenu(guest);
    await guest.button('Sign out');
    await signInAs(guest, localViewer.button);
    await guest.text('Ask an owner for an invitation');
    await guest.at(new URL(link).hash);
    await guest.button('Accept the invitation');
    await untilLive(guest.page);
    await looksAtSessions(guest);
    await host.page.reload();
    await host.page.getByRole('button', { name: `Remove ${localViewer.email}` }).click();
    await host.button('Remove now');
    await guest.text('You cannot see this site');
  });

  it('are told that their own browser is not counted on a page of the site any more', async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(`${product.urls.demoUrl}#sitepulse=not-me`);
    await page.waitForFunction('localStorage.sitepulseOptOut === "1"');
    expect(page.url()).toBe(product.urls.demoUrl);
    // Its panel is in a closed tree: what has the focus is the button that takes it back.
    await page.keyboard.press('Enter');
    await page.waitForFunction('localStorage.sitepulseOptOut === undefined');
  });
});

describe('accounts', () => accounts(stage));

describe('without eyes or a mouse', () => withoutMouse(stage));
