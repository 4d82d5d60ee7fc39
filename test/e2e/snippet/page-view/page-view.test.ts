import { expect, test } from 'vitest';
import { count, html } from '../collector.ts';
import { freshStage } from '../fresh-stage.ts';

const at = freshStage();
const greetings = () => html(at.stage.tag(), '<h1>Hello</h1><div style="height: 3000px"></div>', 'Greetings');

test('a page view tells path, title, referrer, campaign and sizes, without any query', async () => {
  at.stage.pages['/'] = greetings();
  await at.page.goto(`${at.stage.siteUrl}/plans?utm_source=mail&utm_campaign=May&secret=1`, {
    referer: 'https://news.example/item?id=5',
  });
  const [view] = await at.stage.until((arrived) => count(arrived, 'view') === 1);
  expect(view?.page?.slice(0, 5)).toEqual(['/plans', 'Greetings', 'https://news.example/item', 1280, 800]);
  expect(view?.page?.[5]).toBeGreaterThan(3000);
  expect(view?.page?.[6]).toEqual(['mail', '', 'May', '', '']);
  expect(view?.batch).toMatchObject({ v: 1, k: 'demo', n: 0, o: at.stage.siteUrl });
  expect(view?.batch.l).toMatch(/^[0-9a-f]{16}$/);
  expect(JSON.stringify(view?.batch)).not.toContain('secret');
});

test('later batches carry the token of the first answer and the next number', async () => {
  at.stage.pages['/'] = greetings();
  await at.page.goto(at.stage.siteUrl);
  await at.stage.until((arrived) => count(arrived, 'view') === 1);
  await at.page.evaluate(() => history.pushState(null, '', '/next'));
  await at.stage.until((arrived) => count(arrived, 'view') === 2);
  expect(at.stage.batches.map(({ n, i }) => [n, i])).toEqual([
    [0, undefined],
    [1, 'token'],
  ]);
});

test('a script included twice counts once', async () => {
  at.stage.pages['/'] = html(at.stage.tag() + at.stage.tag(), '<p>Twice</p>');
  await at.page.goto(at.stage.siteUrl);
  await at.page.goto('about:blank');
  const arrived = await at.stage.until((each) => count(each, 'leave') > 0);
  expect(count(arrived, 'view')).toBe(1);
});

test('a page left before it has loaded is counted all the same', async () => {
  at.stage.pages['/'] = html(at.stage.tag(), '<p>Slow</p><script src="/never"></script>');
  at.stage.isHanging = (path) => path === '/never';
  await at.page.goto(at.stage.siteUrl, { waitUntil: 'commit' });
  await at.page.waitForFunction('window.sitepulse');
  await at.page.goto('about:blank');
  const arrived = await at.stage.until((each) => count(each, 'leave') > 0);
  expect(arrived.map(({ what }) => what)).toEqual(expect.arrayContaining(['view', 'leave']));
});
