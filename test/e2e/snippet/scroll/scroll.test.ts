import { expect, test } from 'vitest';
import { type Arrived, count, html } from '../collector.ts';
import { freshStage } from '../fresh-stage.ts';

const at = freshStage();

async function leave(): Promise<Arrived[]> {
  await at.page.goto('about:blank');
  return at.stage.until((each) => count(each, 'leave') === 1);
}

const reached = (arrived: Arrived[]) =>
  arrived.filter(({ what }) => what === 'reach').map(({ event }) => event.slice(3, 5));

test('the bands that come into view are told once each', async () => {
  at.stage.pages['/'] = html(at.stage.tag(), '<style>body { margin: 0 }</style><div style="height: 8000px"></div>');
  await at.page.goto(at.stage.siteUrl);
  await at.stage.until((arrived) => count(arrived, 'reach') === 1);
  // 800 of 8,000 px are in view: two bands of twenty.
  await at.page.evaluate(() => scrollTo(0, 4000));
  await at.page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 200)));
  await at.page.evaluate(() => scrollTo(0, 0));
  expect(reached(await leave())).toEqual([
    [0, 1],
    [10, 11],
  ]);
});

test('active time adds up, per band to no more than the visit', async () => {
  at.stage.pages['/'] = html(at.stage.tag(), '<style>body { margin: 0 }</style><div style="height: 8000px"></div>');
  const from = Date.now();
  await at.page.goto(at.stage.siteUrl);
  await at.stage.until((arrived) => count(arrived, 'view') === 1);
  await at.page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 300)));
  const arrived = await leave();
  const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0);
  const engaged = sum(arrived.filter(({ what }) => what === 'engaged').map(({ event }) => Number(event[3])));
  const pairs = arrived.filter(({ what }) => what === 'bands').flatMap(({ event }) => event[3] as unknown as number[]);
  const first = sum(pairs.filter((_, index) => index % 2 === 1 && pairs[index - 1] === 0));
  expect(engaged).toBeGreaterThanOrEqual(300);
  expect(engaged).toBeLessThanOrEqual(Date.now() - from);
  expect(Math.abs(engaged - first)).toBeLessThanOrEqual(5);
});

test('where only a pane scrolls, depth is the pane’s', async () => {
  at.stage.pages['/'] = html(
    at.stage.tag(),
    `<style>body { margin: 0; height: 100vh; display: flex; overflow: hidden } nav { width: 200px } main { flex: 1; overflow-y: auto }</style>
     <nav>Menu</nav><main id="pane"><div style="height: 8000px"></div></main>`,
  );
  await at.page.goto(at.stage.siteUrl);
  const [view] = await at.stage.until((arrived) => count(arrived, 'reach') === 1);
  expect(view?.page?.[5]).toBe(8000);
  await at.page.evaluate(() => document.getElementById('pane')?.scrollTo(0, 7200));
  await at.page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 200)));
  expect(reached(await leave())).toEqual([
    [0, 1],
    [18, 19],
  ]);
});

const engagedMs = (arrived: Arrived[]) =>
  arrived.filter(({ what }) => what === 'engaged').reduce((sum, { event }) => sum + Number(event[3]), 0);

test('a page that scrolls something by itself is not read for that: only what a person does keeps time going', async () => {
  const { page, stage } = at;
  stage.pages['/'] = html(
    stage.tag(),
    `<div id="ticker" style="overflow: auto; height: 50px"><div style="height: 4000px"></div></div>`,
  );
  await page.clock.install();
  await page.goto(stage.siteUrl);
  await stage.until((arrived) => count(arrived, 'view') === 1);
  for (let step = 0; step < 5; step++) {
    await page.evaluate(
      () =>
        new Promise((resolve) => {
          addEventListener('scroll', resolve, { capture: true, once: true });
          document.getElementById('ticker')?.scrollBy(0, 50);
        }),
    );
    await page.clock.runFor(20_000);
  }
  const idle = engagedMs(await leave());
  expect(idle).toBeGreaterThan(25_000);
  expect(idle).toBeLessThan(40_000);
});

test('a page that was made ready long before somebody came is read from then on', async () => {
  const { page, stage } = at;
  stage.pages['/'] = html(stage.tag(), '<p>Here</p>');
  await page.addInitScript(() => {
    const { now } = Date;
    const state = { isPrerendering: true, laterMs: 0 };
    Date.now = () => now() + state.laterMs;
    Object.defineProperty(document, 'prerendering', { get: () => state.isPrerendering });
    Object.assign(window, {
      activate() {
        state.isPrerendering = false;
        state.laterMs = 60_000;
        document.dispatchEvent(new Event('prerenderingchange'));
      },
    });
  });
  await page.goto(stage.siteUrl);
  await page.waitForFunction('window.sitepulse');
  expect(stage.arrived).toEqual([]);
  await page.evaluate('activate()');
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 300)));
  const engaged = engagedMs(await leave());
  expect(engaged).toBeGreaterThanOrEqual(300);
  expect(engaged).toBeLessThan(60_000);
});

/** What a pane told, in order: its key, and the fields after it. */
const ofPanes = (arrived: Arrived[], what: Arrived['what']) =>
  arrived.filter((each) => each.what === what).map(({ element, event }) => [element?.[1], ...event.slice(3)]);

test('a pane that is scrolled is a surface of its own, from then on and in that view', async () => {
  const { page, stage } = at;
  const row = '<p style="height: 40px; margin: 0">Row</p>';
  stage.pages['/'] = html(
    stage.tag(),
    `<style>body { margin: 0 } .pane { height: 200px; overflow-y: auto; margin: 20px }</style>
     <ul class="pane" id="list">${row.repeat(50)}</ul><ul class="pane" id="low" style="margin-top: 900px">${row.repeat(10)}</ul>
     <textarea style="height: 120px">${'mine\n'.repeat(90)}</textarea><div id="hidden" class="pane" data-sp-ignore>${row.repeat(9)}</div>
     <div style="height: 2000px"></div>`,
  );
  const loaded: string[] = [];
  page.on('request', (request) => loaded.push(new URL(request.url()).pathname));
  await page.goto(stage.siteUrl);
  await stage.until((arrived) => count(arrived, 'reach') === 1);
  expect(loaded).not.toContain('/panes.js');
  const part = page.waitForEvent('requestfinished', (request) => request.url().endsWith('/panes.js'));
  await page.evaluate(() => document.getElementById('list')?.scrollTo(0, 10));
  await part;
  expect(await page.evaluate(() => document.querySelectorAll('script[src$="panes.js"]').length)).toBe(0);
  await page.evaluate(() => document.getElementById('list')?.scrollTo(0, 1_000));
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  await page.evaluate(() => scrollTo(0, 900));
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  // Another view, in which nobody scrolls one.
  await page.evaluate(() => history.pushState(null, '', '/next'));
  const arrived = await leave();
  // 200 of 2,000 px: two bands; 10 px and then 1,000 px further down. Of the low one, half shows at once.
  expect(ofPanes(arrived, 'paneReach')).toEqual([
    ['#list', 0, 2, 2_000],
    ['#list', 10, 11, 0],
    ['#low', 0, 9, 400],
  ]);
  expect(arrived.find(({ what }) => what === 'paneReach')?.element?.slice(2)).toEqual([
    '',
    20,
    20,
    expect.any(Number),
    200,
    0,
  ]);
  const bands = ofPanes(arrived, 'paneBands').filter(([key]) => key === '#list');
  expect(bands.length).toBeGreaterThan(0);
  expect(arrived.filter(({ element }) => ['#hidden', 'textarea'].includes(element?.[1] ?? ''))).toEqual([]);
});

test('a text field that is scrolled does not have the page looked through each time', async () => {
  const { page, stage } = at;
  stage.pages['/'] = html(stage.tag(), `<textarea style="height: 120px">${'mine\n'.repeat(90)}</textarea>`);
  await page.addInitScript(() => {
    const { querySelectorAll } = Document.prototype;
    const searches: string[] = [];
    Document.prototype.querySelectorAll = function (selector: string) {
      if (selector.startsWith('body :not')) searches.push(selector);
      return querySelectorAll.call(this, selector);
    };
    Object.assign(window, { searches });
  });
  const searches = () => page.evaluate(() => (window as unknown as { searches: string[] }).searches.length);
  const scroll = () =>
    page.evaluate(
      () =>
        new Promise((resolve) => {
          addEventListener('scroll', resolve, { capture: true, once: true });
          document.querySelector('textarea')?.scrollBy(0, 20);
        }),
    );
  await page.goto(stage.siteUrl);
  await stage.until((arrived) => count(arrived, 'view') === 1);
  await scroll();
  // The part for panes looks when it comes.
  await expect.poll(searches).toBe(1);
  for (let step = 0; step < 5; step++) await scroll();
  expect(await searches()).toBe(1);
});
