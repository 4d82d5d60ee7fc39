import { expect, test } from 'vitest';
import { navigation } from '../../../../functions/contract/event.ts';
import { type Arrived, count, html } from '../collector.ts';
import { freshStage } from '../fresh-stage.ts';

const at = freshStage();
const views = (arrived: Arrived[]) =>
  arrived.filter(({ what }) => what === 'view').map(({ page, event }) => [page?.[0], event[3]]);

test('each navigation of a single-page application is a view of its own page', async () => {
  at.stage.pages['/'] = html(at.stage.tag(), '<h1>App</h1>', 'First');
  await at.page.goto(`${at.stage.siteUrl}/one`);
  await at.stage.until((arrived) => count(arrived, 'view') === 1);
  await at.page.evaluate(() => {
    history.pushState(null, '', '/two');
    document.title = 'Second';
  });
  await at.stage.until((arrived) => count(arrived, 'view') === 2);
  await at.page.evaluate(() => history.replaceState(null, '', '/three'));
  await at.stage.until((arrived) => count(arrived, 'view') === 3);
  await at.page.goBack();
  const arrived = await at.stage.until((arrived) => count(arrived, 'view') === 4);
  expect(views(arrived)).toEqual([
    ['/one', navigation.load],
    ['/two', navigation.push],
    ['/three', navigation.replace],
    ['/one', navigation.pop],
  ]);
  expect(arrived.find(({ page }) => page?.[0] === '/two')?.page?.[1]).toBe('Second');
});

test('what stays on the page is no view: the same address, a filter by replaceState, an anchor', async () => {
  at.stage.pages['/'] = html(at.stage.tag(), '<a href="#there" id="jump">Jump</a><h2 id="there">There</h2>');
  await at.page.goto(`${at.stage.siteUrl}/list`);
  await at.page.evaluate(() => {
    history.pushState({ step: 1 }, '', location.href);
    history.replaceState(null, '', '/list?colour=blue');
  });
  await at.page.click('#jump');
  await at.page.goBack();
  await at.page.evaluate(() => history.pushState(null, '', '/end'));
  const arrived = await at.stage.until((each) => each.some(({ page }) => page?.[0] === '/end'));
  expect(views(arrived).map(([path]) => path)).toEqual(['/list', '/end']);
});

test('a referrer belongs to the first view only', async () => {
  at.stage.pages['/'] = html(at.stage.tag(), '<h1>App</h1>');
  await at.page.goto(at.stage.siteUrl, { referer: 'https://news.example/' });
  await at.page.evaluate(() => history.pushState(null, '', '/two'));
  const arrived = await at.stage.until((each) => count(each, 'view') === 2);
  expect(arrived.filter(({ what }) => what === 'view').map(({ page }) => page?.[2])).toEqual([
    'https://news.example/',
    '',
  ]);
});
