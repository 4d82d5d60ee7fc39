import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { Networks } from './address.ts';
import { type InstalledBrowser, launchBrowser } from './browser.ts';
import { type Camera, elementsMax, type Photograph, pictureHeightMax, type Subject, viewports } from './camera.ts';
import { CaptureError } from './capture-error.ts';
import { hideBanners } from './hide-banners.ts';
import { layOutBars } from './lay-out-bars.ts';
import { openPage } from './open-page.ts';
import { type CaptureProxy, startProxy } from './proxy.ts';
import { readElements } from './read-elements.ts';
import { settle } from './settle.ts';
import { unfoldPane } from './unfold-pane.ts';

export interface ChromiumCameraOptions {
  networks: Networks;
  /** Null: the one that is packed for Lambda. */
  browser: InstalledBrowser | null;
  /** Text of the bundled `page-script.ts`. */
  pageScript: string;
  /** For one page, without the browser's start. */
  timeoutMs: number;
}

const bytesMax = 80 * 1024 * 1024;
const connectionsMax = 128;
/** A Lambda answers at most 6 MB, a third of it lost to base64: the picture must fit, so that the API can give it out. */
const pictureBytesMax = 4_000_000;
const qualities = [72, 50, 30, 12];

/** Photographs pages in a browser of its own each time, behind a proxy of its own: nothing of one page is left for the next. */
export function chromiumCamera(options: ChromiumCameraOptions): Camera {
  return {
    async photograph(subject) {
      const proxy = await startProxy({ networks: options.networks, bytesMax, connectionsMax });
      try {
        const browser = await launchBrowser(proxy.port, options.browser);
        try {
          return await within(options.timeoutMs, photograph(browser, proxy, subject, options.pageScript));
        } finally {
          await browser.close();
        }
      } finally {
        await proxy.close();
      }
    },
  };
}

async function photograph(
  browser: Browser,
  proxy: CaptureProxy,
  subject: Subject,
  pageScript: string,
): Promise<Photograph> {
  const context = await contextFor(browser, subject);
  const { page, assertStays } = await openPage(context, proxy, subject);
  try {
    return await photographPage(page, proxy, subject, pageScript);
  } catch (error) {
    if (/context was destroyed|because of a navigation/.test(String(error))) {
      throw new CaptureError('moved', 'the page left for another one while its picture was taken');
    }
    if (/crashed/.test(String(error))) throw new CaptureError('browser-failed', 'the page crashed the browser');
    throw error;
  } finally {
    // What was photographed and listed is what was asked for; where a script led elsewhere, that is what to tell.
    await assertStays();
  }
}

async function photographPage(
  page: Page,
  proxy: CaptureProxy,
  subject: Subject,
  pageScript: string,
): Promise<Photograph> {
  await hideBanners(page, subject.hideSelectors);
  await settle(page, pictureHeightMax);
  // Some come late.
  await hideBanners(page, subject.hideSelectors);
  const fold = await page.evaluate(() => innerHeight);
  await unfoldPane(page, pictureHeightMax);
  await layOutBars(page, pictureHeightMax);
  if (proxy.exhausted()) {
    throw new CaptureError('too-large', `the page loads over ${bytesMax / 1024 / 1024} MB`);
  }
  const elements = await readElements(page, pageScript, elementsMax);
  const viewport = viewports[subject.device];
  // Measured in the page: without a viewport tag, a phone lays a page out wider than its screen.
  const size = await page.evaluate(() => ({
    viewportWidth: innerWidth,
    height: document.documentElement.scrollHeight,
  }));
  const width = size.viewportWidth || viewport.width;
  const height = Math.max(1, Math.min(size.height, pictureHeightMax));
  const jpeg = await takePicture(page, { width, height });
  return { jpeg, viewportWidth: width, viewportHeight: fold, width, height, elements };
}

async function takePicture(page: Page, size: { width: number; height: number }): Promise<Uint8Array> {
  for (const quality of qualities) {
    const jpeg = await page.screenshot({
      type: 'jpeg',
      quality,
      fullPage: true,
      clip: { x: 0, y: 0, ...size },
      animations: 'disabled',
      caret: 'hide',
      scale: 'css',
    });
    if (jpeg.length <= pictureBytesMax) return jpeg;
  }
  throw new CaptureError('too-large', `the page's picture is over ${pictureBytesMax} bytes even at low quality`);
}

/** Says of itself that it is a capture, and by GPC that it is not to be counted (our own snippet is blocked besides). */
function contextFor(browser: Browser, { device }: Subject): Promise<BrowserContext> {
  const handheld = device !== 'desktop';
  const system = {
    desktop: 'X11; Linux x86_64',
    tablet: 'Linux; Android 10; K',
    mobile: 'Linux; Android 10; K',
  }[device];
  const version = `Chrome/${browser.version().split('.')[0]}.0.0.0${device === 'mobile' ? ' Mobile' : ''}`;
  return browser.newContext({
    viewport: viewports[device],
    isMobile: handheld,
    hasTouch: handheld,
    userAgent: `Mozilla/5.0 (${system}) AppleWebKit/537.36 (KHTML, like Gecko) ${version} Safari/537.36 SitePulseCapture/1.0`,
    extraHTTPHeaders: { 'Sec-GPC': '1' },
    reducedMotion: 'reduce',
    serviceWorkers: 'block',
    acceptDownloads: false,
  });
}

/** @throws CaptureError `timeout` when `work` takes longer; the caller then closes the browser under it. */
async function within<T>(timeoutMs: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const message = `the page was not ready within ${timeoutMs / 1000} s`;
    timer = setTimeout(() => reject(new CaptureError('timeout', message)), timeoutMs);
  });
  // The loser's own failure, brought about by closing the browser, has nobody to tell.
  work.catch(() => undefined);
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
