import { gunzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { parseArchiveLine, recordIn } from '../../../functions/archive/archive-line.ts';
import { archivePrefix } from '../../../functions/archive/archive-object.ts';
import { s3ArchiveStore } from '../../../functions/archive/archive-store.s3.ts';
import { localClients } from '../../../localstack/audit/local-ports.dynamo.ts';
import { readStackNames } from '../../../localstack/stack-names.ts';
import { eventually } from '../product.ts';
import { readTable } from '../tables.ts';
import { openShadows, overlayStage } from './overlay-stage.ts';

const stage = overlayStage();
const panel = (page: Page) => page.getByRole('region', { name: 'SitePulse overlay' });
const body = `<style>body { margin: 0 }</style><button id="buy">Buy</button><div style="height: 2000px"></div>
  <a id="next" href="/next">Next</a>`;

/** Notes every listener that stands on the window and the document, and every timer and observer; set up before any script. */
async function noteListeners(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const standing = new Set<string>();
    let number = 0;
    const names = new WeakMap<object, number>();
    const nameOf = (target: EventTarget, type: string, listener: object) => {
      const id = names.get(listener) ?? ++number;
      names.set(listener, id);
      return `${target.constructor.name} ${type} ${id}`;
    };
    const { addEventListener: add, removeEventListener: remove } = EventTarget.prototype;
    EventTarget.prototype.addEventListener = function (type, listener, options) {
      if (listener && (this === window || this === document)) {
        const name = nameOf(this, type, listener);
        standing.add(name);
        const { signal } = typeof options === 'object' ? options : {};
        if (signal) add.call(signal, 'abort', () => standing.delete(name));
      }
      return add.call(this, type, listener, options);
    };
    EventTarget.prototype.removeEventListener = function (type, listener, options) {
      if (listener) standing.delete(nameOf(this, type, listener));
      return remove.call(this, type, listener, options);
    };
    let frames = 0;
    const request = window.requestAnimationFrame;
    window.requestAnimationFrame = (run) => {
      frames++;
      return request.call(window, run);
    };
    Object.assign(globalThis, { traces: { standing, frames: () => frames } });
  });
}

/** All that a page could find out about who was there. */
async function traces(page: Page) {
  return page.evaluate(() => {
    const { standing } = (globalThis as unknown as { traces: { standing: Set<string> } }).traces;
    const native = (method: unknown) => /\[native code\]/.test(String(method));
    return {
      html: document.documentElement.outerHTML,
      address: location.href,
      state: JSON.stringify(history.state),
      steps: history.length,
      globals: Object.getOwnPropertyNames(window).filter((name) => !/^\d+$/.test(name)),
      storage: [...Object.keys(localStorage), ...Object.keys(sessionStorage)],
      cookies: document.cookie,
      patched: [
        history.pushState,
        history.replaceState,
        fetch,
        setTimeout,
        WebSocket,
        XMLHttpRequest.prototype.open,
      ].filter((method) => !native(method)).length,
      listeners: [...standing].map((name) => name.replace(/ \d+$/, '')).sort(),
      sheets: document.adoptedStyleSheets.length,
      focused: document.activeElement?.localName,
    };
  });
}

test('closed by Escape, it leaves no trace in the page', async () => {
  const site = await stage.site({ '/clean': { body } });
  const context = await stage.person();
  // The same page in a browser that opted out: the snippet is there, and does nothing.
  const bare = await context.newPage();
  await noteListeners(bare);
  await bare.addInitScript(() => Object.defineProperty(navigator, 'globalPrivacyControl', { value: true }));
  await bare.goto(`${site.url}/clean`, { waitUntil: 'networkidle' });

  const page = await context.newPage();
  await noteListeners(page);
  await openShadows(page);
  await page.goto(`${site.url}/clean#sitepulse=${await stage.ticket()}`);
  await panel(page).getByText('Live', { exact: true }).first().waitFor();
  expect((await traces(page)).listeners.length).toBeGreaterThan((await traces(bare)).listeners.length);
  await page.keyboard.press('Escape');
  await panel(page).waitFor({ state: 'detached' });
  expect(await traces(page)).toEqual(await traces(bare));
  // Nothing goes on behind the scenes, either.
  const frames = () => page.evaluate(() => (globalThis as unknown as { traces: { frames(): number } }).traces.frames());
  const before = await frames();
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  expect((await frames()) - before).toBe(2);
});

test('the panel is used by keyboard alone, and moves within the window', async () => {
  const site = await stage.site({ '/keys': { body } });
  const page = await stage.open(`${site.url}/keys`);
  await panel(page).getByText('Nothing was counted here').waitFor();
  const left = async () => (await panel(page).boundingBox())?.x ?? 0;
  const before = await left();
  await panel(page).getByRole('button', { name: 'Move the panel' }).focus();
  await page.keyboard.press('ArrowLeft');
  expect(await left()).toBe(before - 24);
  for (let press = 0; press < 60; press++) await page.keyboard.press('ArrowLeft');
  expect(await left()).toBe(0);
  await panel(page).getByRole('radio', { name: 'Clicks', exact: true }).focus();
  await page.keyboard.press('ArrowRight');
  expect(await panel(page).getByRole('radio', { name: 'Clicks', exact: true }).isChecked()).toBe(false);
  await panel(page).getByRole('checkbox', { name: 'Live' }).focus();
  await page.keyboard.press('Space');
  await panel(page).getByText('Live is off').waitFor();
});

/** All but what tells how far the pipeline has come: that moves when nobody does anything. */
async function counters(): Promise<string[]> {
  const items = await readTable(stage.product.urls.awsEndpoint, 'Counters');
  const counting = items.filter(({ pk }) => !pk?.S?.endsWith('|progress'));
  return counting.map((item) => JSON.stringify(Object.entries(item).sort())).sort();
}

/** The loads of every archived record, by the first path that each told. */
async function archivedLoads(): Promise<Map<string, string>> {
  const clients = localClients(stage.product.urls.awsEndpoint);
  try {
    const archive = s3ArchiveStore(clients.s3, readStackNames().archiveBucket);
    const loads = new Map<string, string>();
    for (const key of await archive.keys(archivePrefix)) {
      const lines = gunzipSync((await archive.get(key)) ?? new Uint8Array())
        .toString()
        .split('\n');
      for (const line of lines.filter((text) => text !== '')) {
        const record = recordIn(parseArchiveLine(line));
        if (record?.pages[0] && !loads.has(record.load)) loads.set(record.load, record.pages[0].rawPath);
      }
    }
    return loads;
  } finally {
    clients.close();
  }
}

test('the visit counts nothing, on no counter and in no archive', async () => {
  const site = await stage.site({ '/quiet': { body }, '/marker': { body } });
  await stage.visit(`${site.url}/quiet`, [['#buy', 0.5, 0.5]]);
  await eventually(
    () => stage.product.ask<{ active: number }>('live'),
    ({ active }) => active === 0,
  );
  const before = await counters();

  const context = await stage.person();
  const sent: string[] = [];
  context.on('request', (request) => sent.push(`${request.method()} ${new URL(request.url()).pathname}`));
  const page = await stage.open(`${site.url}/quiet`, undefined, context);
  await panel(page).getByText('Placed 1 of 1.').waitFor();
  await page.click('#buy');
  await page.mouse.wheel(0, 900);
  await page.evaluate(() => {
    history.pushState(null, '', '/quiet/deeper');
    window.sitepulse?.('signed up');
    window.sitepulse?.page();
  });
  await panel(page).getByText('Nothing was counted here').waitFor();
  await panel(page).getByRole('button', { name: 'Close the overlay' }).click();
  await page.goto('about:blank');
  expect(sent.filter((line) => line.endsWith('/v1/events'))).toEqual([]);
  expect(await counters()).toEqual(before);

  // What came before a visit that has reached the archive is there as well, or was never sent.
  await stage.visit(`${site.url}/marker`, [['#buy', 0.5, 0.5]]);
  const loads = await eventually(archivedLoads, (found) => [...found.values()].includes('/marker'), 45_000);
  expect([...loads.values()].filter((path) => path.startsWith('/quiet'))).toEqual(['/quiet']);
});
