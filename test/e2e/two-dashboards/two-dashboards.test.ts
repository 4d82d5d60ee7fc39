import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LiveAnswer, SeriesAnswer } from '../../../functions/contract/answer.ts';
import { keyOf, totalsOf } from '../../../functions/store/item.dynamo.ts';
import { readDemoPages } from '../../../localstack/visitors/demo-layout.ts';
import { type Population, populate, visitorsAtOnce } from '../../../localstack/visitors/population.ts';
import { Tally } from '../../../localstack/visitors/tally.ts';
import { liveView } from '../../../web/view/live-view.ts';
import { formatWhole } from '../../../web/view/number-format.ts';
import {
  eventually,
  openDashboard as openPage,
  type Product,
  startBrowser,
  startProduct,
  visitorContext,
} from '../product.ts';
import { readTable } from '../tables.ts';
import { type Dashboard, openDashboard } from './dashboard.ts';
import { countersOf, differences, itemsOf } from './differences.ts';

const eventsPerSecond = 150;
const cutEveryMs = 2_500;
const returnsWanted = 8;
/** The kinds of item that a live view is made from. */
const liveKinds = ['live', 'hour', 'page', 'value'];

let product: Product;
let browser: Browser;
const dashboards: Dashboard[] = [];

beforeAll(async () => {
  [product, browser] = await Promise.all([startProduct(), startBrowser()]);
});
afterAll(async () => {
  for (const dashboard of dashboards) dashboard.close();
  await browser?.close();
  await product?.close();
});

async function open(resyncs: boolean): Promise<Dashboard> {
  const dashboard = openDashboard(product, product.apiKey, resyncs);
  dashboards.push(dashboard);
  await eventually(
    async () => dashboard.now(),
    ({ connection, complete }) => connection.name === 'live' && complete,
  );
  return dashboard;
}

function arrive(tally: Tally): Population {
  const pages = readDemoPages();
  const to = {
    eventsUrl: new URL('/v1/events', product.urls.apiUrl),
    demoOrigin: new URL(product.urls.demoUrl).origin,
    writeKey: product.cloud.writeKey,
  };
  return populate(visitorsAtOnce(eventsPerSecond, 11, pages), 2_000, 11, pages, to, tally);
}

/** Until the API has counted all that was accepted. */
async function untilCounted(tally: Tally): Promise<void> {
  await eventually(
    async () => {
      const { points } = await product.ask<SeriesAnswer>(`series?unit=hour&from=${Date.now() - 86_400_000}`);
      const sum = (field: keyof Tally['accepted']) => points.reduce((total, point) => total + (point[field] ?? 0), 0);
      return {
        events: sum('events'),
        pageViews: sum('pageViews'),
        engagedMs: sum('engagedMs'),
        rage: sum('rage'),
        dead: sum('dead'),
      };
    },
    (counted) => JSON.stringify(counted) === JSON.stringify(tally.accepted),
    60_000,
  );
}

/** Every counter of the live view as DynamoDB has it, window by window and band by band. */
async function counted(): Promise<Map<string, number>> {
  const items = await readTable(product.urls.awsEndpoint, 'Counters');
  const totals = items.map((item) => totalsOf(keyOf(item), item));
  return countersOf(itemsOf(totals.filter(({ key }) => liveKinds.includes(key.pk.split('|')[2] ?? ''))));
}

const known = (dashboard: Dashboard) => countersOf(dashboard.now().items.values());

/** All that a person can read off a live page that does not change with time. */
async function shownBy(page: Page): Promise<Record<string, string | null>> {
  return page.evaluate(() => ({
    active: document.querySelector('[data-testid="active"]')?.getAttribute('data-active') ?? null,
    figures: [...document.querySelectorAll('.stat-strip dd')]
      .map((dd) => dd.getAttribute('title') ?? dd.textContent)
      .join(' | '),
    lists: [...document.querySelectorAll('.top-list')].map((list) => list.textContent).join(' | '),
  }));
}

describe('two dashboards under load, one of them losing its connection every few seconds', () => {
  it('end with the same numbers as a fresh snapshot, and so does the page of a third', async () => {
    const steady = await open(false);
    const losing = await open(true);
    const page = await openPage(await visitorContext(browser, 150), product, '#/live');
    const tally = new Tally();
    const population = arrive(tally);
    const cutting = setInterval(() => losing.cut(), cutEveryMs);
    try {
      await eventually(
        async () => losing.completed(),
        (completed) => completed > returnsWanted,
        150_000,
      );
    } finally {
      clearInterval(cutting);
      await population.leave();
    }
    await untilCounted(tally);
    expect(tally.lastError).toBe('');
    expect(tally.accepted.pageViews).toBeGreaterThan(100);
    await eventually(
      () => product.ask<LiveAnswer>('live'),
      ({ active }) => active === 0,
    );
    // What the one that was always there knows was pushed to it: each counter of each item, those that no snapshot holds too.
    await eventually(
      async () => differences(await counted(), known(steady)),
      (different) => different.length === 0,
    );

    const fresh = known(await open(true));
    const whole = await counted();
    expect(fresh.size).toBeGreaterThan(100);
    expect(differences(fresh, whole)).toEqual([]);
    expect(differences(known(steady), whole)).toEqual([]);
    await eventually(
      async () => differences(fresh, known(losing)),
      (different) => different.length === 0,
    );
    expect([...known(losing)].filter(([name, value]) => value > (whole.get(name) ?? 0))).toEqual([]);

    const late = await openPage(await visitorContext(browser, 151), product, '#/live');
    const { items, asOf } = steady.now();
    const view = liveView(items.values(), asOf, Intl.DateTimeFormat().resolvedOptions().timeZone);
    expect(view.active).toBe(0);
    for (const one of [page, late]) {
      await one.waitForSelector('[data-testid="active"][data-active="0"]');
      const figure = one.locator(`[data-testid="stat-page-views"][title="${formatWhole(tally.accepted.pageViews)}"]`);
      await figure.waitFor();
    }
    expect(await shownBy(page)).toEqual(await shownBy(late));
    expect(view.today.pageViews).toBe(tally.accepted.pageViews);
  }, 300_000);
});
