import { expect, test } from 'vitest';
import { count, html } from '../collector.ts';
import { freshStage } from '../fresh-stage.ts';

const at = freshStage();

test('with data-manual only sitepulse.page() counts a view', async () => {
  at.stage.pages['/'] = html(at.stage.tag('data-manual'), '<p>Here</p>');
  await at.page.goto(`${at.stage.siteUrl}/start`);
  await at.page.waitForFunction('window.sitepulse');
  await at.page.evaluate(() => {
    history.pushState(null, '', '/unseen');
    history.pushState(null, '', '/seen');
    window.sitepulse?.page();
  });
  await at.page.goto('about:blank');
  const arrived = await at.stage.until((each) => count(each, 'leave') === 1);
  expect(arrived.filter(({ what }) => what === 'view').map(({ page }) => page?.[0])).toEqual(['/seen']);
});

test('events of the site arrive with their properties, those made before the snippet was there too', async () => {
  at.stage.pages['/'] = html(
    `<script>window.sitepulse = function () { (sitepulse.q = sitepulse.q || []).push(arguments); }; sitepulse('early', { a: 1 });</script>${at.stage.tag()}`,
    '<p>Here</p>',
  );
  await at.page.goto(at.stage.siteUrl);
  await at.stage.until((arrived) => count(arrived, 'view') === 1);
  await at.page.evaluate(() => {
    const properties = { plan: 'team', seats: 5, paid: true };
    window.sitepulse?.('signup', properties);
    properties.plan = 'changed later';
    // What cannot be sent, and what is no object, takes nothing else down with it.
    const endless: Record<string, unknown> = {};
    endless.self = endless;
    window.sitepulse?.('endless', endless);
    (window.sitepulse as unknown as (name: string, text: string) => void)('text', 'ab');
  });
  await at.page.goto('about:blank');
  const arrived = await at.stage.until((each) => count(each, 'leave') === 1);
  expect(arrived.filter(({ what }) => what === 'custom').map(({ event }) => event.slice(3))).toEqual([
    ['early', { a: 1 }],
    ['signup', { plan: 'team', seats: 5, paid: true }],
    ['text', { 0: 'a', 1: 'b' }],
  ]);
});

test('what was called before the first view is kept within bounds', async () => {
  at.stage.pages['/'] = html(at.stage.tag('data-manual'), '<p>Here</p>');
  await at.page.goto(at.stage.siteUrl);
  await at.page.waitForFunction('window.sitepulse');
  await at.page.evaluate(() => {
    for (let n = 0; n < 150; n++) window.sitepulse?.('early', { n });
    window.sitepulse?.page();
    window.sitepulse?.('late');
  });
  await at.page.goto('about:blank');
  const arrived = await at.stage.until((each) => count(each, 'leave') === 1);
  const names = arrived.filter(({ what }) => what === 'custom').map(({ event }) => event[3]);
  expect(names.filter((name) => name === 'early')).toHaveLength(100);
  expect(names.at(-1)).toBe('late');
});

test('an early event that cannot be sent takes no other and no reading with it', async () => {
  at.stage.pages['/'] = html(
    `<script>
      window.sitepulse = function () { (sitepulse.q = sitepulse.q || []).push(arguments); };
      const endless = {};
      endless.self = endless;
      sitepulse('endless', endless);
      sitepulse('early');
    </script>${at.stage.tag()}`,
    '<p>Here</p>',
  );
  await at.page.goto(at.stage.siteUrl);
  await at.stage.until((arrived) => count(arrived, 'view') === 1);
  await at.page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 50))));
  await at.page.goto('about:blank');
  const arrived = await at.stage.until((each) => count(each, 'leave') === 1);
  expect(arrived.filter(({ what }) => what === 'custom').map(({ event }) => event[3])).toEqual(['early']);
  expect(count(arrived, 'reach')).toBe(1);
});
