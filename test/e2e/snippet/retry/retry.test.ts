import { expect, test } from 'vitest';
import { count, html } from '../collector.ts';
import { freshStage } from '../fresh-stage.ts';

const at = freshStage();

test('a refused batch comes again with the same number and content until it is accepted', async () => {
  let attempts = 0;
  at.stage.answer = () =>
    ++attempts < 3
      ? { status: 503, headers: { 'retry-after': '0' } }
      : { status: 202, body: { watched: false, everyMs: 10_000, token: 't' } };
  at.stage.pages['/'] = html(at.stage.tag(), '<p>Here</p>');
  await at.page.goto(at.stage.siteUrl);
  await at.stage.until((arrived) => count(arrived, 'view') === 1);
  const contents = at.stage.batches.map(({ s, ...content }) => content);
  expect(contents).toEqual([contents[0], contents[0], contents[0]]);
  expect(at.stage.batches[2]?.s).toBeGreaterThan(Number(at.stage.batches[0]?.s));
});

test('while somebody looks, clicks come at once and movement rides along', async () => {
  at.stage.answer = () => ({ status: 202, body: { watched: true, everyMs: 1_000, token: 't' } });
  at.stage.pages['/'] = html(at.stage.tag(), '<button id="buy">Buy</button>');
  await at.page.goto(at.stage.siteUrl);
  await at.stage.until((arrived) => count(arrived, 'view') === 1);
  await at.page.click('#buy');
  const clicked = Date.now();
  await at.stage.until((arrived) => count(arrived, 'click') === 1);
  expect(Date.now() - clicked).toBeLessThan(3_000);
  await at.page.mouse.move(500, 400);
  await at.page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 200)));
  await at.page.mouse.move(50, 300);
  await at.stage.until((arrived) => count(arrived, 'move') >= 1);
});
