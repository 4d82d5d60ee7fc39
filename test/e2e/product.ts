import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { type BrowserOptions, findBrowser, launchBrowser } from '../../localstack/browser.ts';
import { type Cloud, startCloud } from '../../localstack/embedded/cloud.ts';

const root = join(import.meta.dirname, '..', '..');
const dist = join(root, 'dist');
/** What `global-setup.ts` has synthesised. */
export const builtAssembly = join(root, 'cdk.out');
const apiKey = 'sp_test_key_of_the_end_to_end_tests_0123456789';

/** What a person's Chrome calls itself; the visitor is made of this and the address. */
export const personAgent = (version: number) =>
  `Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${version}.0.0.0 Safari/537.36`;

/** The whole product as `npm start` runs it, on free ports and with data of its own. Build and template are there (`global-setup.ts`). */
export interface Product {
  urls: Cloud['urls'];
  cloud: Cloud;
  apiKey: string;
  /** Holds all that the embedded cloud keeps: data and logs. */
  stateDir: string;
  /** GET of the site's endpoint, such as `live`; throws when it is not 200. */
  ask<T>(path: string): Promise<T>;
  call(path: string, init?: RequestInit): Promise<Response>;
  /** Ends it and starts it again on the same data. `clockOffsetMs`: as at the start. */
  restart(clockOffsetMs?: number): Promise<void>;
  close(): Promise<void>;
}

/** `parameters`: of the template, which is in `assembly`. `clockOffsetMs`: see `CloudOptions`. */
export async function startProduct(
  parameters: Record<string, string> = {},
  assembly: string = builtAssembly,
  clockOffsetMs = 0,
): Promise<Product> {
  const { executablePath, env } = await findBrowser();
  const stateDir = mkdtempSync(join(tmpdir(), 'sitepulse-e2e-'));
  const environment: Record<string, string> = { CHROME_PATH: executablePath };
  for (const name of ['PATH', 'HOME', 'LD_LIBRARY_PATH', 'FONTCONFIG_PATH']) {
    const value = env[name];
    if (value) environment[name] = value;
  }
  const start = (offsetMs: number) =>
    startCloud({
      clockOffsetMs: offsetMs,
      ports: { front: 0, demo: 0, aws: 0 },
      stateDir,
      dist,
      assembly,
      apiKey,
      environment,
      // What a scenario counts is its own.
      parameters: { CanaryState: 'DISABLED', ...parameters },
    });
  let cloud = await start(clockOffsetMs);

  const call = (path: string, init: RequestInit = {}) =>
    fetch(`${cloud.urls.apiUrl}${path}`, {
      ...init,
      headers: { authorization: `Bearer ${apiKey}`, ...init.headers },
    });
  return {
    stateDir,
    get urls() {
      return cloud.urls;
    },
    get cloud() {
      return cloud;
    },
    apiKey,
    call,
    async ask<T>(path: string) {
      const response = await call(`/v1/sites/${cloud.site}/${path}`);
      const text = await response.text();
      if (response.status !== 200) throw new Error(`GET ${path} answered ${response.status}: ${text}`);
      return JSON.parse(text) as T;
    },
    async restart(offsetMs = 0) {
      await cloud.close();
      cloud = await start(offsetMs);
    },
    async close() {
      await cloud.close();
      rmSync(stateDir, { recursive: true, force: true });
    },
  };
}

/** A visitor of its own: another agent makes another visitor at the same address. */
export async function visitorContext(browser: Browser, version: number): Promise<BrowserContext> {
  return browser.newContext({ userAgent: personAgent(version), viewport: { width: 1280, height: 800 } });
}

/** Waits, by asking again, until `read` gives what is `wanted`; fails with the last answer. */
export async function eventually<T>(
  read: () => Promise<T>,
  wanted: (value: T) => boolean,
  withinMs = 20_000,
): Promise<T> {
  const end = Date.now() + withinMs;
  for (;;) {
    const value = await read();
    if (wanted(value)) return value;
    if (Date.now() > end) throw new Error(`after ${withinMs} ms it is still ${JSON.stringify(value)}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** By the API key, as signing in is a scenario of its own. */
export async function openDashboard(
  context: BrowserContext,
  product: Pick<Product, 'urls' | 'apiKey'>,
  route: string,
): Promise<Page> {
  await giveKey(context, product);
  const page = await context.newPage();
  await page.goto(`${product.urls.dashboardUrl}${route}`);
  await page.waitForSelector('[data-connection="live"]');
  return page;
}

/** Every tab of the context has the key, as if it had been pasted there. */
export async function giveKey(context: BrowserContext, { apiKey }: Pick<Product, 'apiKey'>): Promise<void> {
  await context.addInitScript((key) => sessionStorage.setItem('sitepulse.key', key), apiKey);
}

/**
 * A browser that calls itself Chrome on the command line, too: a beacon that outlives its page carries the browser's own agent,
 * not the context's, and a headless one is taken for a bot.
 */
export async function startBrowser(options: BrowserOptions = {}): Promise<Browser> {
  return launchBrowser({ ...options, args: [...(options.args ?? []), `--user-agent=${personAgent(146)}`] });
}
