import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { eventually } from '../product.ts';
import { heatAt, overlayStage, shapesAt, untilHeatOn } from './overlay-stage.ts';

/** Layouts that move what was clicked: the heat must be where the element is now. */
const stage = overlayStage();
const panel = (page: Page) => page.getByRole('region', { name: 'SitePulse overlay' });
const placed = (page: Page, text: string) => panel(page).getByText(text).waitFor();
const narrow = { width: 800, height: 700 };

test('a centred column is followed to another width', async () => {
  const body = `<style>body { margin: 0 } main { width: 70vw; max-width: 700px; margin: 0 auto } button { width: 40% }</style>
    <main><h1>Centred</h1><button id="join">Join</button></main>`;
  const site = await stage.site({ '/column': { body } });
  await stage.visit(`${site.url}/column`, [['#join', 0.75, 0.5]]);
  const page = await stage.open(`${site.url}/column`, narrow);
  await panel(page).getByRole('radio', { name: 'Desktop' }).check();
  await placed(page, 'Placed 1 of 1.');
  await untilHeatOn(page, '#join', 0.75, 0.5);
});

test('a page that is read from the right is drawn from the right', async () => {
  const body = `<style>body { margin: 0; direction: rtl } nav { display: flex } a { padding: 20px 40px }</style>
    <nav><a id="home" href="#">بيت</a><a id="shop" href="#">متجر</a></nav><div style="width: 1600px; height: 900px"></div>`;
  const site = await stage.site({ '/rtl': { body } });
  await stage.visit(`${site.url}/rtl`, [['#shop', 0.2, 0.5]]);
  const page = await stage.open(`${site.url}/rtl`);
  await untilHeatOn(page, '#shop', 0.2, 0.5);
  await page.evaluate(() => scrollTo(-200, 0));
  await untilHeatOn(page, '#shop', 0.2, 0.5);
});

test('a page that is zoomed, by style or by the visitor, keeps its heat', async () => {
  const body = `<style>body { margin: 0; zoom: 1.5 } button { margin: 60px; width: 200px }</style><button id="buy">Buy</button>`;
  const site = await stage.site({ '/zoomed': { body } });
  await stage.visit(`${site.url}/zoomed`, [['#buy', 0.25, 0.5]]);
  const page = await stage.open(`${site.url}/zoomed`);
  await untilHeatOn(page, '#buy', 0.25, 0.5);
  await page.evaluate(() => {
    document.body.style.zoom = '0.8';
  });
  await untilHeatOn(page, '#buy', 0.25, 0.5);
});

test('an item of a list that is put into another order takes its heat along', async () => {
  const item = (name: string) => `<li data-id="${name}"><button>${name}</button></li>`;
  const body = `<ul id="list">${['pear', 'plum', 'fig'].map(item).join('')}</ul>`;
  const site = await stage.site({ '/order': { body } });
  await stage.visit(`${site.url}/order`, [['[data-id=fig] button', 0.5, 0.5]]);
  const page = await stage.open(`${site.url}/order`);
  await untilHeatOn(page, '[data-id=fig] button', 0.5, 0.5);
  await page.evaluate(() => document.getElementById('list')?.prepend(document.querySelector('[data-id=fig]') ?? ''));
  await untilHeatOn(page, '[data-id=fig] button', 0.5, 0.5);
});

test('a modal has its heat while it is open, above its backdrop, and Escape is its own', async () => {
  const body = `<dialog id="ask"><p>Sure?</p><button id="yes" style="padding: 20px 60px">Yes</button></dialog>
    <button id="open" onclick="document.getElementById('ask').showModal()">Ask</button>`;
  const site = await stage.site({ '/modal': { body } });
  const visitor = await (await stage.person()).newPage();
  await visitor.goto(`${site.url}/modal`, { waitUntil: 'networkidle' });
  await visitor.click('#open');
  await visitor.click('#yes');
  await visitor.goto('about:blank');
  const page = await stage.open(`${site.url}/modal`);
  await placed(page, 'Placed 1 of 2.');
  await page.evaluate(() => {
    const raised: string[] = [];
    const note = (who: string) => (event: Event) => (event as ToggleEvent).newState === 'open' && raised.push(who);
    document.querySelector('dialog')?.addEventListener('beforetoggle', note('dialog'));
    document.querySelector('html > [data-sp-ignore]')?.addEventListener('beforetoggle', note('overlay'));
    Object.assign(globalThis, { raised });
  });
  await page.click('#open');
  await placed(page, 'Placed 2 of 2.');
  const yes = await page.locator('#yes').boundingBox();
  await eventually(
    () => heatAt(page, (yes?.x ?? 0) + (yes?.width ?? 0) / 2, (yes?.y ?? 0) + (yes?.height ?? 0) / 2),
    (alpha) => alpha > 0,
  );
  // The overlay came to the top layer once more, after the dialog.
  expect(await page.evaluate(() => (globalThis as unknown as { raised: string[] }).raised)).toEqual([
    'dialog',
    'overlay',
  ]);
  await page.keyboard.press('Escape');
  await placed(page, 'Placed 1 of 2.');
  await page.keyboard.press('Escape');
  await panel(page).waitFor({ state: 'detached' });
});

test('a frame of the same origin is a page of its own, and has its heat there', async () => {
  const inner =
    '<style>body { margin: 0 }</style><button id="inside" style="margin: 30px; padding: 20px 50px">Inside</button>';
  const site = await stage.site({
    '/outer': { body: '<h1>Outer</h1><iframe src="/inner" style="width: 600px; height: 300px; border: 0"></iframe>' },
    '/inner': { body: inner },
  });
  const visitor = await (await stage.person()).newPage();
  await visitor.goto(`${site.url}/outer`, { waitUntil: 'networkidle' });
  await visitor
    .frameLocator('iframe')
    .locator('#inside')
    .click({ position: { x: 40, y: 20 } });
  await visitor.goto('about:blank');
  const page = await stage.open(`${site.url}/inner`);
  // The frame is as wide as a tablet.
  await panel(page).getByRole('radio', { name: 'Tablet' }).check();
  await placed(page, 'Placed 1 of 1.');
  const box = await page.locator('#inside').boundingBox();
  await untilHeatOn(page, '#inside', 40 / (box?.width ?? 1), 20 / (box?.height ?? 1));
});

test('how far a page and its panes were read is drawn over both, and goes along with their scrolling', async () => {
  const row = '<li style="height: 40px">Row</li>';
  const body = `<style>body { margin: 0 } #list { height: 200px; margin: 40px; padding: 0; overflow: auto }</style>
    <ul id="list">${row.repeat(50)}</ul><div style="height: 4000px"></div>`;
  const site = await stage.site({ '/read': { body } });
  const reader = await (await stage.person()).newPage();
  await reader.goto(`${site.url}/read`, { waitUntil: 'networkidle' });
  const part = reader.waitForEvent('requestfinished', (request) => request.url().endsWith('/panes.js'));
  await reader.evaluate(() => document.getElementById('list')?.scrollTo(0, 40));
  await part;
  await reader.evaluate(() => document.getElementById('list')?.scrollTo(0, 900));
  await reader.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  await reader.goto('about:blank');
  const scroll = await eventually(
    () =>
      stage.product.ask<{ panes: { key: string; views: number; foldLine: number }[] }>(
        'scroll?path=/read&device=desktop',
      ),
    ({ panes }) => panes.length > 0,
  );
  expect(scroll.panes).toMatchObject([{ key: '#list', views: 1, foldLine: 0.1 }]);

  const page = await stage.open(`${site.url}/read`);
  await panel(page).getByRole('radio', { name: 'Scroll reach' }).check();
  await placed(page, '1 view; a pane has bands of its own.');
  const [inList, beside, low] = [
    [300, 100],
    [20, 100],
    [300, 700],
  ] as const;
  // The reader saw the first and the middle of the list, and the first screen of the page.
  await eventually(
    () => shapesAt(page, [inList, beside, low]),
    ([list, page_, below]) => list === page_ && page_ === below && list !== '0,0,0,0',
  );
  const read = await shapesAt(page, [inList]);
  await page.evaluate(() => document.getElementById('list')?.scrollTo(0, 500));
  await eventually(
    () => shapesAt(page, [inList, beside]),
    ([list, page_]) => list !== read[0] && page_ === read[0],
  );
  await page.evaluate(() => scrollTo(0, 3_000));
  await eventually(
    () => shapesAt(page, [beside]),
    ([unread]) => unread !== read[0],
  );
  await panel(page).getByRole('radio', { name: 'Clicks', exact: true }).check();
  await placed(page, 'Nothing was counted here in this time.');
  expect(await shapesAt(page, [low])).toEqual(['']);
});
