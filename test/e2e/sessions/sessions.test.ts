import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HeatmapAnswer } from '../../../functions/contract/answer.ts';
import type { SessionAnswer, SessionsAnswer } from '../../../functions/contract/session-answer.ts';
import { newBatch, postBatch } from '../batch.ts';
import { eventually, openDashboard, type Product, personAgent, startBrowser, startProduct } from '../product.ts';
import { barriers } from '../sign-in/axe.ts';
import { type Visited, visitAsPerson } from './person.ts';

/** More than one page of the list. */
const otherSessions = 55;

let product: Product;
let browser: Browser;
let owner: BrowserContext;
let dashboard: Page;
let person: Visited;
beforeAll(async () => {
  [product, browser] = await Promise.all([startProduct({ ArchiveWindowSeconds: '1' }), startBrowser()]);
  owner = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  await visitsOfOthers();
  person = await visitAsPerson(browser, product);
  dashboard = await openDashboard(owner, product, '#/sessions');
});
afterAll(async () => {
  await browser?.close();
  await product?.close();
});

/** Each of another browser, so each of a visitor: they see one page. */
async function visitsOfOthers(): Promise<void> {
  for (let version = 1; version <= otherSessions; version++) {
    const { status } = await postBatch(product.urls.apiUrl, newBatch(), { 'user-agent': personAgent(200 + version) });
    expect(status).toBe(202);
  }
}

const rows = () => dashboard.locator('[data-session]');
const ofPerson = () => rows().filter({ hasText: '/shop/product/3' });
const line = (text: string) => dashboard.getByTestId('timeline').locator('.timeline-line').filter({ hasText: text });

async function sessionOf(id: string): Promise<SessionAnswer> {
  return product.ask<SessionAnswer>(`sessions/${id}`);
}

describe('the list of sessions', () => {
  it('shows who is here, newest first, and older ones page by page', async () => {
    await ofPerson().getByText('live').waitFor();
    expect(await rows().count()).toBe(50);
    await dashboard.getByRole('button', { name: 'Load older sessions' }).click();
    await eventually(
      () => rows().count(),
      (count) => count === otherSessions + 1,
    );
    const { rows: all } = await product.ask<SessionsAnswer>('sessions?limit=200');
    const ids = await rows().evaluateAll((found) => found.map((row) => (row as HTMLElement).dataset.session));
    expect(ids).toEqual(all.map(({ id }) => id));
    await person.leave();
    await ofPerson().getByText('live').waitFor({ state: 'detached' });
  });

  it('is filtered by what its address says', async () => {
    // Checked is what the address says, which the page hears of a moment after the click.
    await dashboard.getByLabel('Frustrated only').click();
    await eventually(
      () => rows().count(),
      (count) => count === 1,
    );
    expect(dashboard.url()).toContain('frustrated=true');
    expect(await dashboard.getByLabel('Frustrated only').isChecked()).toBe(true);
    expect(await ofPerson().textContent()).toMatch(/\/ *→ \/shop\/product\/3/);
    await dashboard.getByLabel('Page views').selectOption('10');
    await dashboard.getByText('No session of this time is of this kind.').waitFor();
    await dashboard.getByRole('link', { name: 'Show all sessions' }).click();
    await ofPerson().waitFor();
  });
});

describe('one session', () => {
  let session: SessionAnswer;

  it('is told as the visitor did it', async () => {
    const id = (await ofPerson().getAttribute('data-session')) ?? '';
    session = await eventually(
      () => sessionOf(id),
      ({ events, completeTo, session: { last } }) => completeTo > last && events.some(({ what }) => what === 'leave'),
    );
    await ofPerson().getByRole('link').click();
    await line('left the page').first().waitFor();
    const told = await dashboard.getByTestId('timeline').locator('.timeline-line, h3').allTextContents();
    const text = told.join('\n');
    for (const one of [
      /hesitated 1\.\d+s over “Browse the shop”/,
      /clicked #hero-picture>svg, 3 times/,
      /3 rage clicks on #hero-picture>svg/,
      /reached \d+% of the page/,
      /clicked “Shop”/,
      /clicked “Add to bag”/,
      /sent “add to bag” · product = North/,
    ]) {
      expect(text).toMatch(one);
    }
    const paths = await dashboard.locator('.timeline-path').allTextContents();
    expect(paths).toEqual(['/', '/shop', '/shop/product/3']);
  });

  it('is replayed over the picture of the page, with each click where it was', async () => {
    const body = JSON.stringify({ path: '/', device: 'desktop' });
    await product.call(`/v1/sites/${product.cloud.site}/captures`, { method: 'POST', body });
    await eventually(
      () => product.ask<HeatmapAnswer>('heatmap?path=/&device=desktop&layer=click'),
      ({ capture }) => capture !== null && !('error' in capture),
    );
    await dashboard.reload();
    await dashboard.locator('.surface-picture').waitFor();
    await line('clicked #hero-picture>svg').getByRole('button').click();
    const ring = dashboard.locator('.replay-ring').first();
    await ring.waitFor({ state: 'attached' });
    const shown = await ring.evaluate((circle: SVGCircleElement) => {
      const { width } = circle.ownerSVGElement?.getBoundingClientRect() ?? { width: 0 };
      // The picture is 1280 px wide, as the visitor's window was.
      return { x: (circle.cx.baseVal.value * 1280) / width, y: (circle.cy.baseVal.value * 1280) / width };
    });
    const offPx = Math.hypot(shown.x - person.clickedAt.x, shown.y - person.clickedAt.y);
    await dashboard.getByTestId('replay-pointer').waitFor();
    expect(offPx, `${JSON.stringify(shown)} instead of ${JSON.stringify(person.clickedAt)}`).toBeLessThanOrEqual(2);
  });

  it('plays by the keyboard to its end, and goes from there to what happened before', async () => {
    await dashboard.getByText('8×').click();
    const slider = dashboard.getByTestId('replay-time');
    await slider.focus();
    await dashboard.keyboard.press('Home');
    await dashboard.keyboard.press('Space');
    await dashboard.getByRole('button', { name: 'Pause' }).waitFor();
    await dashboard.getByRole('button', { name: 'Play' }).waitFor();
    expect(await slider.getAttribute('aria-valuetext')).toMatch(/^(\S+) of \1$/);
    await eventually(
      () => dashboard.locator('.replay-card .replay-count').textContent(),
      (text) => text === 'page 3 of 3',
      5_000,
    );
    const at = async () => Number(await slider.inputValue());
    const end = await at();
    // What happened last may have been within the slider's step of the end.
    await eventually(
      async () => {
        await dashboard.keyboard.press(',');
        return at();
      },
      (before) => before < end,
    );
  });

  it('withholds nothing from those who do not see it or have no mouse', async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await dashboard.emulateMedia({ colorScheme });
      for (const hash of ['#/sessions', `#/sessions/${session.session.id}`]) {
        await dashboard.goto(product.urls.dashboardUrl + hash);
        await dashboard.locator('.app-loading').waitFor({ state: 'detached' });
        await dashboard.locator('[data-session], .surface-picture').first().waitFor();
        expect(await barriers(dashboard), `${hash}, ${colorScheme}`).toEqual([]);
      }
    }
  });

  it('that is not there says so', async () => {
    await dashboard.goto(`${product.urls.dashboardUrl}#/sessions/nobody`);
    await dashboard.getByText('There is no such session').waitFor();
  });
});
