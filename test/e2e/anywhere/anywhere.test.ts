import { randomBytes } from 'node:crypto';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import type { SeriesAnswer } from '../../../functions/contract/answer.ts';
import { localDay } from '../../../functions/contract/time-unit.ts';
import { dynamoSiteStore } from '../../../functions/sites/site-store.dynamo.ts';
import { auditDay } from '../../../localstack/audit/audit-day.ts';
import { auditPorts, type LocalClients, localClients } from '../../../localstack/audit/local-ports.dynamo.ts';
import { newBatch, postBatch, wirePage } from '../batch.ts';
import { eventually, openDashboard, startBrowser, visitorContext } from '../product.ts';
import { limitsText } from './limits.ts';
import { startTarget, type Target } from './target.ts';

// One suite for wherever the template runs: in the embedded cloud with the other scenarios, and by `npm run test:localstack` at an
// emulator that others made. What was counted there before is left alone, so all figures are differences.
let target: Target;
let browser: Browser;
let clients: LocalClients;
let owner: BrowserContext;

beforeAll(async () => {
  [target, browser] = await Promise.all([startTarget(), startBrowser()]);
  clients = localClients(target.urls.awsEndpoint);
  owner = await visitorContext(browser, 151);
}, 240_000);
afterAll(async () => {
  clients?.close();
  await browser?.close();
  await target?.close();
  if (target) console.log(limitsText(target.name));
});

interface Figures {
  pageViews: number;
  visitors: number;
}
async function today(): Promise<Figures> {
  const { points } = await target.ask<SeriesAnswer>('series?unit=day');
  const { pageViews = 0, visitors = 0 } = points.at(-1) ?? {};
  return { pageViews, visitors };
}
const active = async () => (await target.ask<{ active: number }>('live')).active;
const clicks = async () => (await target.ask<{ total: number }>('heatmap?path=/&device=desktop&layer=click')).total;

const gone = () => eventually(active, (count) => count === 0, 60_000);
async function demoPage(context: BrowserContext, path = ''): Promise<Page> {
  const page = await context.newPage();
  await page.goto(new URL(path, target.urls.demoUrl).href);
  return page;
}

describe('the whole way, wherever it runs', () => {
  it('counts visitors of two browsers, page by page, and lets them go', async () => {
    await gone();
    const before = await today();
    // Of versions that this suite had in no earlier run at the same emulator: so both are new today.
    const version = 1_000 + (Date.now() % 1_000_000);
    const people = await Promise.all([version, version + 1].map((one) => visitorContext(browser, one)));
    for (const person of people) await demoPage(person);
    await eventually(active, (count) => count === 2);
    const dashboard = await openDashboard(owner, target, '#/live');
    await dashboard.waitForSelector('[data-testid="active"][data-active="2"]');
    // A push, not the snapshot: the row comes while the dashboard looks.
    const [first] = people as [BrowserContext, BrowserContext];
    await first.pages()[0]?.goto(new URL('/article.html', target.urls.demoUrl).href);
    await dashboard.getByTestId('feed').getByText('/article.html').first().waitFor();
    for (const page of people.flatMap((person) => person.pages())) await page.goto('about:blank');
    await dashboard.waitForSelector('[data-testid="active"][data-active="0"]', { timeout: 60_000 });
    const now = await eventually(today, (figures) => figures.pageViews - before.pageViews >= 3);
    expect(now).toEqual({ pageViews: before.pageViews + 3, visitors: before.visitors + 2 });
    for (const context of people) await context.close();
    await dashboard.close();
  });

  it('shows a click on the heatmap a moment after it happened, and still when asked later', async () => {
    await gone();
    const before = await clicks();
    const dashboard = await openDashboard(owner, target, '#/heatmap?path=/&device=desktop');
    const canvas = dashboard.getByTestId('heatmap-canvas');
    await canvas.waitFor({ state: 'attached' });
    await dashboard.waitForSelector(`[data-testid="heatmap-canvas"][data-total="${before}"]`);
    const visitor = await visitorContext(browser, 154);
    const page = await demoPage(visitor);
    await page.click('#hero h1');
    await dashboard.waitForSelector(`[data-testid="heatmap-canvas"][data-total="${before + 1}"]`);
    await eventually(clicks, (count) => count === before + 1);
    const { rows } = await target.ask<{ rows: { key: string; clicks: number }[] }>('elements?path=/&device=desktop');
    expect(rows.reduce((sum, row) => sum + row.clicks, 0)).toBe(before + 1);
    await page.goto('about:blank');
    await visitor.close();
    await dashboard.close();
  });

  it('tells the snippet whether somebody looks', async () => {
    const batch = () => newBatch({ k: target.writeKey, o: new URL(target.urls.demoUrl).origin });
    const watched = async () => {
      const response = await postBatch(target.urls.apiUrl, batch());
      return ((await response.json()) as { watched: boolean }).watched;
    };
    await eventually(watched, (is) => !is, 60_000);
    const dashboard = await openDashboard(owner, target, '#/live');
    await eventually(watched, (is) => is);
    await dashboard.close();
  });

  it('counts a batch once, however often it comes', async () => {
    const path = `/once-${randomBytes(4).toString('hex')}`;
    const sent = () => newBatch({ k: target.writeKey, o: new URL(target.urls.demoUrl).origin, p: [wirePage(path)] });
    // A visitor's records keep their order: when the last one is counted, all before it are.
    const repeated = sent();
    for (const batch of [repeated, repeated, repeated, sent()]) {
      expect((await postBatch(target.urls.apiUrl, batch)).status).toBe(202);
    }
    const views = async () => {
      const { rows } = await target.ask<{ rows: { path: string; pageViews: number }[] }>('pages');
      return rows.find((row) => row.path === path)?.pageViews ?? 0;
    };
    await eventually(views, (count) => count >= 2);
    expect(await views()).toBe(2);
  });

  it('refuses keys, bearers and tickets that it does not know', async () => {
    expect((await postBatch(target.urls.apiUrl, newBatch({ k: 'unknown' }))).status).toBe(403);
    const wrong = { authorization: 'Bearer sitepulse_wrong' };
    expect((await target.call(`/v1/sites/${target.site}/live`, { headers: wrong })).status).toBe(401);
    const socket = new WebSocket(`${target.urls.socketUrl}?ticket=unknown`);
    const refused = await new Promise<string>((resolve) => {
      socket.once('open', () => resolve('open'));
      socket.once('error', (error) => resolve(error.message));
    });
    expect(refused).toContain('403');
  });

  it('has counted in every counter what the archive says', async () => {
    const ports = auditPorts(clients, target.names, () => undefined, target.names.epoch);
    const config = await dynamoSiteStore({ client: clients.dynamo, table: target.names.sitesTable }).current(
      target.site,
    );
    const audit = () => auditDay(target.names.epoch, target.site, localDay(Date.now(), config?.zone ?? 'UTC'), ports);
    const report = await eventually(audit, ({ objects, unarchived }) => objects > 0 && unarchived === 0, 60_000);
    expect(report.differences).toEqual([]);
    expect(report.refolded).toBeDefined();
  });
});
