import { expect, test } from 'vitest';
import { navigation } from '../../../../functions/contract/event.ts';
import { count, html } from '../collector.ts';
import { freshStage } from '../fresh-stage.ts';

const at = freshStage();

test('with data-hash, another hash is another page, once', async () => {
  at.stage.pages['/'] = html(at.stage.tag('data-hash'), '<a id="to" href="#/orders">Orders</a>');
  await at.page.goto(`${at.stage.siteUrl}/#/home`);
  await at.stage.until((arrived) => count(arrived, 'view') === 1);
  await at.page.click('#to');
  await at.stage.until((arrived) => count(arrived, 'view') === 2);
  await at.page.goto('about:blank');
  const arrived = await at.stage.until((each) => count(each, 'leave') === 1);
  const views = arrived.filter(({ what }) => what === 'view');
  expect(views.map(({ page, event }) => [page?.[0], event[3]])).toEqual([
    ['/#/home', navigation.load],
    ['/#/orders', navigation.hash],
  ]);
});
