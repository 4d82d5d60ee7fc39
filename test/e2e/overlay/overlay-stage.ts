import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll } from 'vitest';
import type { HeatmapAnswer, TicketAnswer } from '../../../functions/contract/answer.ts';
import { eventually, type Product, personAgent, startBrowser, startProduct } from '../product.ts';
import { type Page as SitePage, type SiteServer, serveSite } from './site-server.ts';

export interface OverlayStage {
  product: Product;
  browser: Browser;
  /** Serves pages that embed the product's snippet. */
  site(pages: Record<string, SitePage>): Promise<SiteServer>;
  /** A browser of its own, closed after the test. */
  person(size?: { width: number; height: number }): Promise<BrowserContext>;
  /** As the dashboard buys it. */
  ticket(): Promise<string>;
  /** Clicks as a visitor would, once each at a share of the element's box, and waits until all were counted. */
  visit(url: string, clicks: readonly (readonly [selector: string, x: number, y: number])[]): Promise<void>;
  /** Opens `url` with the overlay on it. */
  open(url: string, size?: { width: number; height: number }, context?: BrowserContext): Promise<Page>;
}

/** One product and one browser for a file of tests. */
export function overlayStage(): OverlayStage {
  let product: Product;
  let browser: Browser;
  let version = 150;
  const closing: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    [product, browser] = await Promise.all([startProduct(), startBrowser()]);
  });
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
  });
  afterAll(async () => {
    await browser?.close();
    await product?.close();
  });

  async function person(size = { width: 1280, height: 800 }): Promise<BrowserContext> {
    const context = await browser.newContext({ viewport: size, userAgent: personAgent(version++) });
    closing.push(() => context.close());
    return context;
  }
  async function ticket(): Promise<string> {
    const answer = await product.call(`/v1/sites/${product.cloud.site}/tickets`, { method: 'POST', body: '{}' });
    return ((await answer.json()) as TicketAnswer).ticket;
  }
  return {
    get product() {
      return product;
    },
    get browser() {
      return browser;
    },
    async site(pages) {
      const tag = `<script async src="${product.urls.snippetUrl}" data-site="${product.cloud.writeKey}"></script>`;
      const server = await serveSite(tag, pages);
      closing.push(() => server.close());
      return server;
    },
    person,
    ticket,
    async visit(url, clicks) {
      const page = await (await person()).newPage();
      await page.goto(url, { waitUntil: 'networkidle' });
      const { pathname } = new URL(url);
      const total = async () => {
        const asked = `heatmap?path=${encodeURIComponent(pathname)}&device=desktop`;
        return (await product.ask<HeatmapAnswer>(asked)).total;
      };
      const before = await total();
      for (const [selector, x, y] of clicks) {
        const box = await page.locator(selector).boundingBox();
        if (!box) throw new Error(`${selector} is not shown`);
        await page.mouse.click(box.x + x * box.width, box.y + y * box.height);
      }
      await page.goto('about:blank');
      await eventually(total, (now) => now === before + clicks.length);
    },
    async open(url, size, context) {
      const page = await (context ?? (await person(size))).newPage();
      if (size) await page.setViewportSize(size);
      await openShadows(page);
      await page.goto(`${url}#sitepulse=${await ticket()}`);
      return page;
    },
  };
}

/** So that a test can look into the overlay; everything else about its shadow tree stays as it is. */
export async function openShadows(where: Page | BrowserContext): Promise<void> {
  await where.addInitScript(() => {
    const attach = Element.prototype.attachShadow;
    Element.prototype.attachShadow = function (options) {
      return attach.call(this, { ...options, mode: 'open' });
    };
  });
}

/** How opaque the heat is at a point of the window, 0..255; 0 before any is drawn. */
export async function heatAt(page: Page, x: number, y: number): Promise<number> {
  return page.evaluate(
    ([atX, atY]) => {
      const host = document.querySelector('html > [data-sp-ignore]');
      const canvas = host?.shadowRoot?.querySelector('canvas');
      if (!canvas) return 0;
      const [scaleX, scaleY] = [canvas.width / innerWidth, canvas.height / innerHeight];
      return canvas.getContext('2d')?.getImageData(atX * scaleX, atY * scaleY, 1, 1).data[3] ?? 0;
    },
    [x, y] as const,
  );
}

/** Where the heat is hottest, in px of the window; null where there is none. */
export async function hottest(page: Page): Promise<{ x: number; y: number } | null> {
  return page.evaluate(() => {
    const host = document.querySelector('html > [data-sp-ignore]');
    const canvas = host?.shadowRoot?.querySelector('canvas');
    const image = canvas?.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height);
    if (!canvas || !image) return null;
    let most = 0;
    for (let at = 3; at < image.data.length; at += 4) most = Math.max(most, image.data[at] ?? 0);
    if (most === 0) return null;
    // The middle of all that is as hot as it gets.
    const sums = { x: 0, y: 0, count: 0 };
    for (let at = 3; at < image.data.length; at += 4) {
      if (image.data[at] !== most) continue;
      sums.x += ((at - 3) / 4) % canvas.width;
      sums.y += Math.floor((at - 3) / 4 / canvas.width);
      sums.count++;
    }
    const scale = innerWidth / canvas.width;
    return { x: (sums.x / sums.count) * scale, y: (sums.y / sums.count) * scale };
  });
}

/** Waits until the hottest spot is within `px` of where the share of the element's box is now. */
export async function untilHeatOn(page: Page, selector: string, x: number, y: number, px = 12): Promise<void> {
  await eventually(
    async () => {
      const [spot, box] = [await hottest(page), await page.locator(selector).boundingBox()];
      if (!spot || !box) return `${selector}: ${spot ? 'no box' : 'no heat'}`;
      const off = Math.hypot(spot.x - box.x - x * box.width, spot.y - box.y - y * box.height);
      return off <= px ? '' : `${selector}: ${off.toFixed(1)} px off`;
    },
    (fault) => fault === '',
  );
}

/** What bands and boxes show at points of the window, as red, green, blue and alpha; '' while none are shown. */
export async function shapesAt(page: Page, points: readonly (readonly [x: number, y: number])[]): Promise<string[]> {
  return page.evaluate((all) => {
    const canvas = document
      .querySelector('html > [data-sp-ignore]')
      ?.shadowRoot?.querySelector<HTMLCanvasElement>('.shapes');
    const context = canvas?.width ? canvas.getContext('2d') : null;
    return all.map(([x, y]) => [...(context?.getImageData(x, y, 1, 1).data ?? [])].join());
  }, points);
}
