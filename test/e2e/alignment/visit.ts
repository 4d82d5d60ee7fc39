import type { Browser, BrowserContext, Page } from 'playwright-core';
import { Random } from '../../../localstack/visitors/random.ts';
import { personAgent } from '../product.ts';
import { aim, isAtRest, reveal, type TrueClick, visibleElements } from './truth.ts';

/** A context in which pages get nothing from outside this machine: what they look like must not depend on it. */
export async function contextOf(browser: Browser, width: number, isMobile = false): Promise<BrowserContext> {
  const viewport = { width, height: 900 };
  const context = await browser.newContext({ viewport, userAgent: personAgent(146), isMobile, hasTouch: isMobile });
  await context.route(
    (url) => url.hostname !== 'localhost' && url.hostname !== '127.0.0.1',
    (route) => route.abort(),
  );
  return context;
}

/** From here on the page's own scripts hear of no click: the snippet, which was there first, does. The layout stays as it is. */
function shield(): void {
  for (const type of ['click', 'mousedown', 'pointerdown', 'mouseup', 'pointerup', 'submit']) {
    const end = (event: Event) => {
      event.preventDefault();
      event.stopImmediatePropagation();
    };
    window.addEventListener(type, end, true);
  }
}

/** Two frames later whatever the last step began has begun: then until nothing moves. */
export async function atRest(page: Page): Promise<void> {
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  await page.waitForFunction(isAtRest);
}

/** Clicks `count` random spots of random elements of the page, as a person would with the mouse. */
export async function clickAround(page: Page, url: string, count: number, seed: number): Promise<TrueClick[]> {
  const random = new Random(seed);
  const answered = page.waitForResponse((response) => response.url().endsWith('/v1/events'));
  await page.goto(url, { waitUntil: 'networkidle' });
  await (await answered).finished();
  await page.evaluate(shield);
  await atRest(page);
  const candidates = await page.evaluate(visibleElements);
  const clicks: TrueClick[] = [];
  const viewportWidth = page.viewportSize()?.width ?? 0;
  for (let tries = 0; clicks.length < count && tries < count * 10; tries++) {
    const candidate = candidates[Math.floor(random.next() * candidates.length)];
    if (!candidate) throw new Error(`${url} shows nothing at ${viewportWidth} px`);
    const click = { ...candidate, fraction: [random.next(), random.next()] as [number, number] };
    await page.evaluate(reveal, click.way);
    await atRest(page);
    const point = await page.evaluate(aim, click);
    if (!point) continue;
    await page.mouse.click(...point);
    const scrolled = await page.evaluate(() => [scrollX, scrollY]);
    clicks.push({
      ...click,
      at: [point[0] + (scrolled[0] ?? 0), point[1] + (scrolled[1] ?? 0)],
      viewportWidth,
    });
  }
  return clicks;
}
