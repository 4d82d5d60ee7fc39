import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { type BrowserOptions, launchBrowser } from '../../../localstack/browser.ts';
import { openStage, type Stage } from './collector.ts';

/** A fresh stage and a fresh visitor's tab for each test of the file. */
export function freshStage(contextOptions: BrowserContextOptions = {}, browserOptions: BrowserOptions = {}) {
  const at = {} as { browser: Browser; stage: Stage; page: Page };
  beforeAll(async () => {
    at.browser = await launchBrowser(browserOptions);
  });
  afterAll(() => at.browser.close());
  beforeEach(async () => {
    at.stage = await openStage();
    const context = await at.browser.newContext({ viewport: { width: 1280, height: 800 }, ...contextOptions });
    at.page = await context.newPage();
  });
  afterEach(async () => {
    await at.page.context().close();
    await at.stage.close();
  });
  return at;
}
