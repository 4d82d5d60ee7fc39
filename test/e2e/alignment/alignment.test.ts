import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type {
  CapturePicture,
  ElementsAnswer,
  HeatmapAnswer,
  TicketAnswer,
} from '../../../functions/contract/answer.ts';
import { type Device, deviceOf, devices } from '../../../functions/contract/record.ts';
import { elementHeat } from '../../../web/view/element-heat.ts';
import { type HeatmapView, heatmapView } from '../../../web/view/heatmap-view.ts';
import { eventually, type Product, startBrowser, startProduct } from '../product.ts';
import { type ForeignSite, foreignPages, openForeignSite } from './foreign-site.ts';
import { goneFrom, lookAround, openLive, showVisitorsOn } from './live-page.ts';
import { type Point, pairsWithin } from './pairing.ts';
import { spotsNow, type TrueClick } from './truth.ts';
import { atRest, clickAround, contextOf } from './visit.ts';

const widths = [320, 480, 768, 1024, 1440, 2560];
/** Of the live pages: nobody clicked at these. */
const liveWidths = [390, 834, 1280];
const clicksPerVisit = 12;
const withinPx = 12;
const shareWanted = 0.99;

let product: Product;
let browser: Browser;
let site: ForeignSite;
beforeAll(async () => {
  [product, browser] = await Promise.all([startProduct(), startBrowser()]);
  site = await openForeignSite(product.urls.snippetUrl);
});
afterAll(async () => {
  await browser?.close();
  await site?.close();
  await product?.close();
});

/** Clicks of all six widths on one surface: how many of those that can be seen there stand within 12 px of where they belong. */
interface Tally {
  clicks: number;
  shown: number;
  right: number;
  /** The same by a plain model: x as a share of the viewport's width, y in px of the document. */
  plainlyRight: number;
  /** As the map says itself. */
  placed: HeatmapView['placed'];
}
const tallies: Tally[] = [];

/** Clicks of one device class on the live page, each counted in each window that showed it. */
interface LiveTally extends Pick<Tally, 'clicks' | 'shown' | 'right' | 'plainlyRight'> {
  /** As the overlay says itself. */
  placed: number;
}
const liveTallies: LiveTally[] = [];

/** The path that the demo site's rules make of a page's. */
const countedPath = (page: string) => page.replace(/\/index\.html$/, '');

describe.each(foreignPages)('clicks at six widths on %s', (page) => {
  const clicks: TrueClick[] = [];
  const heatmap = () => product.ask<HeatmapAnswer>(`heatmap?path=${encodeURIComponent(countedPath(page))}`);

  it.each(widths)('are counted, each of them (%i px)', async (width) => {
    const context = await contextOf(browser, width);
    const tab = await context.newPage();
    clicks.push(...(await clickAround(tab, site.url + page, clicksPerVisit, 100 + widths.indexOf(width))));
    await tab.goto('about:blank');
    // Closing a context at once may cut its beacons off.
    await eventually(
      async () => (await heatmap()).total,
      (total) => total === clicks.length,
    );
    await context.close();
  });

  it.each(devices)('are drawn on the capture of another (%s)', async (device) => {
    const capture = await captureOf(countedPath(page), device);
    const { rows, complete } = await product.ask<ElementsAnswer>(
      `elements?path=${encodeURIComponent(countedPath(page))}`,
    );
    const { elements } = elementHeat(null, { heatmap: await heatmap(), rows, complete }, new Map());
    const { spots, placed } = heatmapView(elements, capture, device);
    const drawn = spots.flatMap(({ x, y, value }) => Array.from({ length: value }, (): Point => [x, y]));
    const truths = await truthsOn(capture, device, page, clicks);
    const shown = truths.filter((truth) => truth !== null);
    const plain = clicks.flatMap(({ at: [x, y], viewportWidth }, index): Point[] =>
      truths[index] ? [[(x / viewportWidth) * capture.width, y]] : [],
    );
    const tally: Tally = {
      clicks: clicks.length,
      shown: shown.length,
      right: pairsWithin(shown, drawn, withinPx),
      plainlyRight: pairsWithin(shown, plain, withinPx),
      placed,
    };
    tallies.push(tally);
    console.info(`${page} on ${device}: ${JSON.stringify(tally)}`);
    // What cannot be seen on this surface is not claimed to stand there.
    expect(placed.fallback + placed.none).toBeGreaterThanOrEqual(clicks.length - drawn.length);
    expect(tally.shown).toBeGreaterThan(clicks.length / 2);
  });

  it.each(liveWidths)('are drawn on the page itself, opened at another width (%i px)', async (width) => {
    const context = await contextOf(browser, width);
    const tab = await context.newPage();
    const bought = await product.call(`/v1/sites/${product.cloud.site}/tickets`, { method: 'POST', body: '{}' });
    await openLive(tab, site.url + page, ((await bought.json()) as TicketAnswer).ticket);
    for (const device of devices) {
      const own = clicks.filter(({ viewportWidth }) => deviceOf(viewportWidth) === device);
      const placed = await showVisitorsOn(tab, device, own.length);
      const tally: LiveTally = { clicks: own.length, shown: 0, right: 0, plainlyRight: 0, placed };
      const gone = await goneFrom(tab, own);
      for (const { truths, drawn, plain } of await lookAround(tab, own)) {
        tally.shown += truths.length;
        tally.right += pairsWithin(truths, drawn, withinPx);
        tally.plainlyRight += pairsWithin(truths, plain, withinPx);
      }
      liveTallies.push(tally);
      console.info(`${page}, live at ${width} px, clicks on ${device}: ${JSON.stringify(tally)}`);
      // What this layout lacks is not claimed to be placed.
      expect(placed).toBeLessThanOrEqual(own.length - gone);
    }
    await context.close();
  });
});

it.each([
  ['captures', tallies, foreignPages.length * devices.length],
  ['the live pages', liveTallies, foreignPages.length * devices.length * liveWidths.length],
] as const)(
  `of all clicks on %s, ${100 * shareWanted} % stand within ${withinPx} px of where they belong`,
  (surface, all, surfaces) => {
    const sum = (field: 'shown' | 'right' | 'plainlyRight') => all.reduce((total, tally) => total + tally[field], 0);
    const [shown, right, plainlyRight] = [sum('shown'), sum('right'), sum('plainlyRight')];
    console.info(
      `${right} of ${shown} stand where they belong on ${surface}; by x and y alone it would be ${plainlyRight}`,
    );
    expect(all).toHaveLength(surfaces);
    expect(shown).toBeGreaterThan(0);
    expect(right / shown).toBeGreaterThanOrEqual(shareWanted);
    expect(plainlyRight).toBeLessThan(right);
  },
);

async function captureOf(path: string, device: Device): Promise<CapturePicture> {
  await product.call(`/v1/sites/${product.cloud.site}/captures`, {
    method: 'POST',
    body: JSON.stringify({ path, device }),
  });
  const query = `heatmap?path=${encodeURIComponent(path)}&device=${device}`;
  const capture = await eventually(
    async () => (await product.ask<HeatmapAnswer>(query)).capture,
    (taken) => taken !== null,
    60_000,
  );
  if (!capture || 'error' in capture) throw new Error(`no picture of ${path}: ${JSON.stringify(capture)}`);
  return capture;
}

/** Where the clicks belong in the layout that the capture shows. */
async function truthsOn(capture: CapturePicture, device: Device, page: string, clicks: TrueClick[]) {
  const context = await contextOf(browser, capture.viewportWidth, device !== 'desktop');
  const tab = await context.newPage();
  await tab.setViewportSize({ width: capture.viewportWidth, height: capture.viewportHeight });
  await tab.goto(site.url + page, { waitUntil: 'networkidle' });
  await unfold(tab, capture);
  const truths = await tab.evaluate(spotsNow, clicks);
  await context.close();
  return truths;
}

/** A picture that is higher than the document shows a pane whole, which takes a window of that height. */
async function unfold(tab: Page, { viewportWidth, height }: CapturePicture): Promise<void> {
  await atRest(tab);
  const own = await tab.evaluate(() => document.documentElement.scrollHeight);
  if (own < height) await tab.setViewportSize({ width: viewportWidth, height });
  await atRest(tab);
}
