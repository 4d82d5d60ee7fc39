import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { Product } from '../product.ts';

/** A browser of a person's own, at the product's dashboard. */
export interface Person {
  context: BrowserContext;
  page: Page;
  /** Another page of the dashboard, by its hash. */
  at(hash: string): Promise<void>;
  button(name: string): Promise<void>;
  text(text: string | RegExp): Promise<void>;
}

/** @param prepare what is done to the browser before it opens the dashboard */
export async function person(
  browser: Browser,
  product: Product,
  hash = '',
  prepare: (context: BrowserContext) => Promise<unknown> = async () => undefined,
): Promise<Person> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  await prepare(context);
  const page = await context.newPage();
  await page.goto(product.urls.dashboardUrl + hash);
  return {
    context,
    page,
    at: async (to) => {
      await page.evaluate((next) => {
        location.hash = next;
      }, to);
    },
    button: (name) => page.getByRole('button', { name, exact: true }).click(),
    text: (text) => page.getByText(text).first().waitFor(),
  };
}

export async function untilLive(page: Page): Promise<void> {
  await page.waitForSelector('[data-connection="live"]');
}

/** Through the issuer's page, as one of those who are there. */
export async function signInAs({ page, button }: Person, name: string): Promise<void> {
  await button('Sign in');
  await page.getByRole('button', { name }).click();
  await page.waitForURL((url) => !url.pathname.startsWith('/oidc'));
}

export async function openMenu({ page }: Person): Promise<void> {
  await page.locator('.account-button').click();
}

/** The access token that the tab has. */
export async function bearerOf({ page }: Person): Promise<string> {
  return page.evaluate(() => JSON.parse(sessionStorage.getItem('sitepulse.tokens') ?? '{}').access);
}

/** The secret that is shown once. */
export async function shownOnce({ page }: Person): Promise<string> {
  return (await page.locator('.notice code').textContent()) ?? '';
}
