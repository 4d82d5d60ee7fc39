import { expect, test } from 'vitest';
import { count, html } from '../collector.ts';
import { freshStage } from '../fresh-stage.ts';

const at = freshStage();

test('closing the tab sends what was seen and the leaving, by beacon', async () => {
  at.stage.pages['/'] = html(at.stage.tag(), '<button id="buy">Buy</button>');
  await at.page.goto(at.stage.siteUrl);
  await at.stage.until((arrived) => count(arrived, 'view') === 1);
  await at.page.click('#buy');
  await at.page.close({ runBeforeUnload: true });
  const arrived = await at.stage.until((each) => count(each, 'leave') === 1);
  expect(arrived.find(({ what }) => what === 'click')?.isBeacon).toBe(true);
  expect(arrived.find(({ what }) => what === 'leave')?.isBeacon).toBe(true);
  expect(count(arrived, 'engaged')).toBeGreaterThan(0);
  // What says that somebody is here never comes after what says that nobody is.
  const last = arrived.filter(({ batch }) => batch === arrived.at(-1)?.batch).map(({ what }) => what);
  expect(['hide', 'leave']).toContain(last.at(-1));
});

test('a page that is hidden and shown says so', async () => {
  at.stage.pages['/'] = html(at.stage.tag(), '<p>Here</p>');
  await at.page.goto(at.stage.siteUrl);
  await at.stage.until((arrived) => count(arrived, 'view') === 1);
  const turn = (state: string) =>
    at.page.evaluate((value) => {
      Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => value });
      document.dispatchEvent(new Event('visibilitychange'));
    }, state);
  await turn('hidden');
  await at.stage.until((arrived) => count(arrived, 'hide') === 1);
  await turn('visible');
  const arrived = await at.stage.until((each) => count(each, 'show') === 1);
  expect(count(arrived, 'view')).toBe(1);
});
