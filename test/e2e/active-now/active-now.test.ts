/**
 * What "hidden" is here: a browser without a display has windows all the same, and minimising one by the browser's own protocol
 * hides its pages: `document.visibilityState` becomes `hidden` and `visibilitychange` fires, with nothing patched. What does not
 * hide a page there: opening or activating another tab (each has a window of its own), and any page under Playwright's focus
 * emulation, which keeps it visible in a minimised window. So the hidden page stands in a browser process of its own.
 */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LiveAnswer } from '../../../functions/contract/answer.ts';
import { windowMs, windowsActive } from '../../../functions/contract/counter.ts';
import { tickEveryMs } from '../../../web/live/connection.ts';
import {
  eventually,
  openDashboard,
  type Product,
  personAgent,
  startBrowser,
  startProduct,
  visitorContext,
} from '../product.ts';
import { type OwnBrowser, startOwnBrowser, type WindowState } from './own-browser.ts';

/** Far below the horizon of 45 s: what is shown within it was told, not waited for. */
const atOnceMsMax = 5_000;
const horizonMs = windowsActive * windowMs;
/** How long a number takes to the dashboard once it is right: the next tick, and its way. */
const pushMsMax = tickEveryMs + 3_000;

let product: Product;
let browser: Browser;
let hiding: OwnBrowser;
let dying: OwnBrowser;
let dashboard: Page;

beforeAll(async () => {
  [product, browser, hiding, dying] = await Promise.all([
    startProduct(),
    startBrowser(),
    startOwnBrowser(personAgent(151)),
    startOwnBrowser(personAgent(152)),
  ]);
  dashboard = await openDashboard(await visitorContext(browser, 150), product, '#/live');
});
afterAll(async () => {
  await Promise.all([browser?.close(), hiding?.close(), dying?.close()]);
  await product?.close();
});

const live = () => product.ask<LiveAnswer>('live');
const loadsOf = ({ pages }: LiveAnswer) => Object.fromEntries(pages.map(({ path, active }) => [path, active]));

/** Resolves when dashboard and API both say `active`. */
async function bothSay(active: number, withinMs: number): Promise<void> {
  const shown = dashboard.waitForSelector(`[data-testid="active"][data-active="${active}"]`, { timeout: withinMs });
  await Promise.all([shown, eventually(live, (answer) => answer.active === active, withinMs)]);
}

async function visit(page: Page, path: string): Promise<Page> {
  await page.goto(new URL(path, product.urls.demoUrl).href);
  return page;
}

/** Minimises or restores the page's window, and waits until the page itself knows. */
async function turn(page: Page, state: WindowState, wanted: DocumentVisibilityState): Promise<void> {
  await hiding.setWindow(page, state);
  await eventually(
    () => page.evaluate(() => document.visibilityState),
    (visibility) => visibility === wanted,
  );
}

describe('active now', () => {
  it('goes 3, 2, 1 at once as pages are hidden and closed, and 0 within the horizon when a browser is killed', async () => {
    const hidden = await visit(await hiding.context.newPage(), '/');
    const closed = await visit(await (await visitorContext(browser, 153)).newPage(), '/article.html');
    const killed = await visit(await dying.context.newPage(), '/docs.html');
    await bothSay(3, atOnceMsMax);
    expect(loadsOf(await live())).toEqual({ '/': 1, '/article.html': 1, '/docs.html': 1 });

    await turn(hidden, 'minimized', 'hidden');
    await bothSay(2, atOnceMsMax);
    expect(loadsOf(await live())).toEqual({ '/article.html': 1, '/docs.html': 1 });
    await turn(hidden, 'normal', 'visible');
    await bothSay(3, atOnceMsMax);
    await turn(hidden, 'minimized', 'hidden');
    await bothSay(2, atOnceMsMax);

    await closed.close({ runBeforeUnload: true });
    await bothSay(1, atOnceMsMax);
    expect(loadsOf(await live())).toEqual({ '/docs.html': 1 });

    // A sign of life just before the end: the horizon is counted from it.
    const signAt = Date.now();
    const clicks = () => product.ask<{ rows: { clicks: number }[] }>('elements?path=/docs.html');
    await killed.click('h1');
    await eventually(clicks, ({ rows }) => rows.some((row) => row.clicks === 1));
    const killedAt = Date.now();
    await dying.kill();
    await dashboard.waitForSelector('[data-testid="active"][data-active="1"]', { timeout: 1_000 });
    await bothSay(0, horizonMs + pushMsMax);
    // The browser can't say that it is gone: it counts as long as its last sign of life does.
    expect(Date.now() - signAt).toBeGreaterThan(horizonMs - windowMs);
    expect(Date.now() - killedAt).toBeLessThan(horizonMs + pushMsMax);
  }, 150_000);
});
