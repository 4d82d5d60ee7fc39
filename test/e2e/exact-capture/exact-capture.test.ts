import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type {
  BreakdownAnswer,
  ElementsAnswer,
  HeatmapAnswer,
  LiveAnswer,
  PagesAnswer,
  ScrollAnswer,
  SeriesAnswer,
} from '../../../functions/contract/answer.ts';
import { kind } from '../../../functions/contract/event.ts';
import type { FunnelsAnswer } from '../../../functions/contract/funnels-answer.ts';
import { newBatch, postBatch } from '../batch.ts';
import { eventually, openDashboard, type Product, startBrowser, startProduct } from '../product.ts';
import { keepsPages } from './keeps-pages.ts';
import { countOf, matchCells, reachOf } from './sums.ts';
import { bounce, type Visit, visitAll } from './visit.ts';
import type { MadeView } from './walker.ts';
import { zoneAtNoon } from './zone-at-noon.ts';

/** Half a step of the elements' grid: no click is drawn further from where it was. */
const offByMaxPx = 8;

let product: Product;
let browser: Browser;
let visit: Visit;
/** Of both visitors. */
let views: MadeView[];

beforeAll(async () => {
  // The site takes its zone from the machine. A visit around midnight would be one of two days.
  process.env.TZ = zoneAtNoon(new Date());
  [product, browser] = await Promise.all([startProduct(), startBrowser({ hasBackForwardCache: true })]);
  visit = await visitAll(browser, product);
  views = [...visit.views, await bounce(browser, product)];
  await allCounted();
}, 180_000);
afterAll(async () => {
  await browser?.close();
  await product?.close();
});

/** Both tabs are gone, the last click is there, and so is all that was on the stream when that was seen. */
async function allCounted(): Promise<void> {
  await eventually(
    () => product.ask<LiveAnswer>('live'),
    ({ active }) => active === 0,
  );
  const missing = () => Promise.all(Object.keys(viewsByPath()).map(missingClicks));
  await eventually(missing, (numbers) => numbers.every(({ missing: number }) => number <= 0));
  const from = Date.now();
  await eventually(
    () => product.ask<LiveAnswer>('live'),
    ({ asOf }) => asOf > from,
  );
}

async function missingClicks(path: string) {
  return { path, missing: clicksOn(path).length - (await heatmapOf(path)).total };
}

const viewsByPath = () => countOf(views.map(({ path }) => path));
const clicksOn = (path: string) => views.filter((view) => view.path === path).flatMap(({ clicks }) => clicks);
const heatmapOf = (path: string, layer = 'click') =>
  product.ask<HeatmapAnswer>(`heatmap?path=${encodeURIComponent(path)}&device=desktop&layer=${layer}`);

async function breakdown(dimension: string) {
  const { rows, other } = await product.ask<BreakdownAnswer>(`breakdown?dimension=${dimension}`);
  expect(other.visitors).toBe(0);
  return rows;
}

describe('a scripted visit, counted exactly', () => {
  it('was as long as it should be, and hit what it aimed at', () => {
    const clicks = views.flatMap((view) => view.clicks);
    expect(views).toHaveLength(16);
    expect(clicks).toHaveLength(60);
    expect(clicks.filter(({ isHit }) => !isHit)).toEqual([]);
  });

  it('came back to pages out of the back/forward cache', async (context) => {
    expect(visit.returns).toHaveLength(2);
    // Chrome's headless shell keeps no pages, whatever they do. There each return loads anew, and is a page view all the same.
    if (!(await keepsPages(browser))) context.skip('This browser has no back/forward cache.');
    expect(visit.returns).toEqual([true, true]);
  });

  it('gives its page views, visitors, sessions, bounce and rage by day, hour and minute', async () => {
    const day = await product.ask<SeriesAnswer>('series?unit=day');
    expect(day.points).toHaveLength(1);
    expect(day.points[0]).toMatchObject({
      pageViews: views.length,
      visitors: 2,
      newVisitors: 2,
      sessions: 2,
      bounces: 1,
      rage: 1,
    });
    for (const unit of ['hour', 'minute']) {
      const { points } = await product.ask<SeriesAnswer>(`series?unit=${unit}`);
      expect(points.reduce((sum, { pageViews }) => sum + pageViews, 0)).toBe(views.length);
    }
  });

  it('gives each page its views and visitors, and the sessions that began and ended on it', async () => {
    const { rows, other } = await product.ask<PagesAnswer>('pages');
    const found = Object.fromEntries(
      rows.map(({ path, pageViews, visitors, entries, exits }) => [path, { pageViews, visitors, entries, exits }]),
    );
    const expected = Object.entries(viewsByPath()).map(([path, pageViews]) => [
      path,
      {
        pageViews,
        visitors: path === '/' ? 2 : 1,
        entries: path === '/' ? 2 : 0,
        exits: path === '/' || path === '/signup.html' ? 1 : 0,
      },
    ]);
    expect(found).toEqual(Object.fromEntries(expected));
    expect(other).toEqual({ pageViews: 0, visitors: 0, entries: 0, exits: 0, engagedMs: 0 });
  });

  it('gives each element its clicks, and no other element any', async () => {
    for (const path of Object.keys(viewsByPath())) {
      const { rows } = await product.ask<ElementsAnswer>(`elements?path=${encodeURIComponent(path)}&limit=1000`);
      const clicked = rows.filter(({ clicks }) => clicks > 0);
      const found = Object.fromEntries(clicked.map(({ key, clicks }) => [key, clicks]));
      expect(found, path).toEqual(countOf(clicksOn(path).map(({ key }) => key)));
      expect(rows.filter(({ taps }) => taps > 0)).toEqual([]);
    }
  });

  it('gives each click to the cell where it was, within half a step', async () => {
    let farthestPx = 0;
    for (const path of Object.keys(viewsByPath())) {
      const { elements, total, leftOut } = await heatmapOf(path);
      expect(total, path).toBe(clicksOn(path).length);
      expect(leftOut.cells).toBe(0);
      for (const { key, cells } of elements) {
        const matched = matchCells(
          cells,
          clicksOn(path).filter((click) => click.key === key),
        );
        expect(cells, `${path} ${key}`).toEqual(matched.cells);
        farthestPx = Math.max(farthestPx, matched.farthestPx);
      }
    }
    expect(farthestPx).toBeLessThanOrEqual(offByMaxPx);
    console.log(
      `The farthest of ${views.flatMap(({ clicks }) => clicks).length} clicks is ${farthestPx.toFixed(2)} px from its cell.`,
    );
  });

  it('gives one burst of rage to the picture that it was taken out on', async () => {
    const { elements, total } = await heatmapOf('/', 'rage');
    expect(total).toBe(1);
    expect(elements.filter(({ cells }) => cells.length > 0).map(({ key }) => key)).toEqual(['#hero-picture>svg']);
    const { rows } = await product.ask<ElementsAnswer>('elements?path=/');
    expect(rows.filter(({ rage }) => rage > 0).map(({ key, rage }) => [key, rage])).toEqual([['#hero-picture>svg', 1]]);
  });

  it('gives each page the bands that were on screen', async () => {
    for (const path of Object.keys(viewsByPath())) {
      const made = views.filter((view) => view.path === path);
      const { views: counted, bands } = await product.ask<ScrollAnswer>(`scroll?path=${encodeURIComponent(path)}`);
      expect(counted, path).toBe(made.length);
      expect(
        bands.map(({ reached }) => reached),
        path,
      ).toEqual(reachOf(made));
    }
  });

  it('gives what came with the views, and what happened besides', async () => {
    const pageViews = views.length;
    expect(await breakdown('browser')).toEqual([{ value: 'Chrome', pageViews, visitors: 2 }]);
    expect(await breakdown('os')).toEqual([{ value: 'Linux', pageViews, visitors: 2 }]);
    expect(await breakdown('device')).toEqual([{ value: 'desktop', pageViews, visitors: 2 }]);
    expect(await breakdown('viewport')).toEqual([{ value: '1280-1535', pageViews, visitors: 2 }]);
    expect(await breakdown('language')).toEqual([{ value: 'en', pageViews, visitors: 2 }]);
    expect(await breakdown('referrer')).toEqual([{ value: visit.referrerHost, pageViews: 1, visitors: 1 }]);
    expect(await breakdown('utm_source')).toEqual([{ value: 'letter', pageViews: 1, visitors: 1 }]);
    expect(await breakdown('utm_campaign')).toEqual([{ value: 'spring', pageViews: 1, visitors: 1 }]);
    expect(await breakdown('outbound')).toEqual([{ value: visit.outboundUrl, count: 1, visitors: 1 }]);
    expect(await breakdown('download')).toEqual([]);
    expect(countsOf(await breakdown('event'))).toEqual({
      'add to bag': 2,
      'add to bag · product=North': 2,
      signup: 1,
      'signup · plan=pair': 1,
    });
  });
});

/** The demo site comes with a goal and a funnel: visitor one puts North into the bag, twice, and visitor two leaves the front page. */
describe('the goals page', () => {
  let page: Page;
  beforeAll(async () => {
    page = await openDashboard(
      await browser.newContext({ viewport: { width: 1280, height: 900 } }),
      product,
      '#/goals',
    );
    await page.waitForSelector('.funnel-card');
  });
  const shown = (card: string) => page.locator(card).getByRole('definition').allTextContents();

  it('shows how often the goal was reached, and by which share of the sessions', async () => {
    expect(await page.getByTestId('goals-of-sessions').textContent()).toBe('2 sessions');
    expect(await shown('.goal-card')).toEqual(['50%', '2', '1']);
  });

  it('shows where sessions leave the funnel', async () => {
    const lines = await page.locator('.funnel-steps > li').allTextContents();
    const numbers = lines.map((line) => line.replace(/\s+/g, ' ').trim());
    expect(numbers).toEqual([
      '1/Page2100%',
      '−1 · 50% go no further',
      '2/shopPage150%',
      'nobody leaves here',
      '3/shop/product/:idPage150%',
      'nobody leaves here',
      '4add to bagEvent150%',
    ]);
  });

  it('hands out the same as CSV', async () => {
    await page.getByTestId('export').click();
    const rowsOf = async (what: string) => {
      const saved = page.waitForEvent('download');
      await page.getByTestId(`export-${what}`).click();
      return (await readFile(await (await saved).path(), 'utf8')).split('\r\n');
    };
    expect((await rowsOf('goals'))[1]).toMatch(/,Added to the bag,event,add to bag,,2,1,0\.5,2$/);
    expect((await rowsOf('funnels'))[2]).toMatch(/,From the front page to the bag,2,page,\/shop,1,0\.5,1$/);
    await page.keyboard.press('Escape');
  });

  it('counts a goal that is set up by the keyboard, from then on, and leaves the others as they are', async () => {
    await page.evaluate(() => {
      location.hash = '#/settings/goals';
    });
    await page.getByRole('button', { name: 'Add a goal' }).press('Enter');
    await page.getByLabel('Goal 2: name').fill('Signed up');
    await page.getByLabel('Goal 2: what reaches it').selectOption('event');
    // Suggested, because somebody has signed up already: before the goal was there.
    const list = await page.getByLabel('Goal 2: event').getAttribute('list');
    await page.locator(`[id="${list}"] option[value="signup"]`).waitFor({ state: 'attached' });
    await page.getByLabel('Goal 2: event').fill('signup');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved.').waitFor();
    // Ingest keeps a configuration for some seconds.
    await eventually(
      async () => {
        const batch = newBatch({ x: [[kind.custom, 0, 0, 'signup', {}]], o: new URL(product.urls.demoUrl).origin });
        expect((await postBatch(product.urls.apiUrl, batch)).status).toBe(202);
        const { goals } = await product.ask<FunnelsAnswer>('funnels');
        return goals.map(({ conversions }) => conversions);
      },
      ([first, second = 0]) => first === 2 && second > 0,
    );
  });
});

const countsOf = (rows: BreakdownAnswer['rows']) => Object.fromEntries(rows.map(({ value, count }) => [value, count]));
