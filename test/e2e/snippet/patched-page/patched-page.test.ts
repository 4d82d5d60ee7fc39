import { expect, test } from 'vitest';
import { count, html } from '../collector.ts';
import { freshStage } from '../fresh-stage.ts';

const at = freshStage();

test('a page that replaces the browser’s functions is measured like any other, and sees no fault of ours', async () => {
  const faults: Error[] = [];
  at.page.on('pageerror', (fault) => faults.push(fault));
  at.stage.pages['/'] = html(at.stage.tag(), '<button id="buy">Buy</button>');
  await at.page.goto(at.stage.siteUrl);
  await at.stage.until((arrived) => count(arrived, 'view') === 1);
  await at.page.evaluate(() => {
    const refuse = () => {
      throw new Error('Not with me');
    };
    const original = history.pushState;
    history.pushState = function (...args) {
      return original.apply(this, args);
    };
    Object.assign(window, { fetch: refuse, setTimeout: refuse, clearTimeout: refuse });
    navigator.sendBeacon = refuse;
    EventTarget.prototype.addEventListener = refuse;
    Event.prototype.composedPath = refuse;
    document.addEventListener = refuse;
    Date.now = () => 0;
    history.pushState(null, '', '/two');
  });
  await at.stage.until((arrived) => count(arrived, 'view') === 2);
  await at.page.click('#buy');
  await at.page.close({ runBeforeUnload: true });
  const arrived = await at.stage.until((each) => count(each, 'leave') === 1);
  expect(count(arrived, 'click')).toBe(1);
  expect(arrived.every(({ batch }) => batch.t > 1e12)).toBe(true);
  expect(faults).toEqual([]);
});

test('a page that broke fetch before us loses nothing that a beacon can carry', async () => {
  const faults: Error[] = [];
  at.page.on('pageerror', (fault) => faults.push(fault));
  at.stage.pages['/'] = html(
    `<script>fetch = () => { throw new Error('Mine'); };</script>${at.stage.tag()}`,
    '<p>Here</p>',
  );
  await at.page.goto(at.stage.siteUrl);
  await at.page.waitForFunction('window.sitepulse');
  await at.page.goto('about:blank');
  const arrived = await at.stage.until((each) => count(each, 'leave') === 1 && count(each, 'view') === 1);
  expect(arrived.every(({ isBeacon }) => isBeacon)).toBe(true);
  expect(faults).toEqual([]);
});

test('a page that broke a function of lists before us is read, and its nameless elements are named', async () => {
  at.stage.pages['/'] = html(
    `<script>Array.prototype.filter = () => { throw new Error('Mine'); };</script>${at.stage.tag()}`,
    '<p>One</p><p>Two</p>',
  );
  await at.page.goto(at.stage.siteUrl);
  await at.stage.until((arrived) => count(arrived, 'view') === 1);
  await at.page.click('p:nth-of-type(2)');
  await at.page.goto('about:blank');
  const arrived = await at.stage.until((each) => count(each, 'leave') === 1);
  const clicked = arrived.filter(({ what }) => what === 'click');
  expect(clicked.map(({ element }) => element?.[1])).toEqual(['p:2']);
  expect(count(arrived, 'reach')).toBe(1);
});

test('what the page gets back from pushState is what the browser gives', async () => {
  at.stage.pages['/'] = html(at.stage.tag(), '<p>Here</p>');
  await at.page.goto(at.stage.siteUrl);
  await at.page.waitForFunction('window.sitepulse');
  const fault = await at.page.evaluate(() => {
    try {
      history.pushState(null, '', 'https://elsewhere.example/');
      return 'none';
    } catch (error) {
      return (error as Error).name;
    }
  });
  expect(fault).toBe('SecurityError');
});
