import { expect, test } from 'vitest';
import { navigation } from '../../../../functions/contract/event.ts';
import { type Arrived, count, html } from '../collector.ts';
import { freshStage } from '../fresh-stage.ts';

const at = freshStage({}, { hasBackForwardCache: true });

function expectReturn(arrived: Arrived[]) {
  expect(count(arrived, 'leave')).toBe(0);
  expect(count(arrived, 'hide')).toBe(1);
  expect(count(arrived, 'show')).toBe(1);
  const [first, second] = arrived.filter(({ what }) => what === 'view');
  expect(second?.event[3]).toBe(navigation.restore);
  expect(second?.batch.l).toBe(first?.batch.l);
}

test('a page kept for going back is hidden, not left, and its return is a view', async (context) => {
  at.stage.pages['/'] = html(at.stage.tag(), '<p>Here</p>');
  at.stage.pages['/other'] = html('', '<p>Not measured</p>');
  const shown: boolean[] = [];
  let tell = () => {};
  const shownAgain = new Promise<void>((resolve) => {
    tell = () => shown.length > 2 && resolve();
  });
  await at.page.exposeFunction('tellShown', (persisted: boolean) => {
    shown.push(persisted);
    tell();
  });
  await at.page.addInitScript(() => {
    addEventListener('pageshow', ({ persisted }) =>
      (window as unknown as { tellShown(is: boolean): void }).tellShown(persisted),
    );
  });
  // Only a page at rest is kept: the answer to its view has come, too.
  const answered = at.page.waitForResponse((response) => response.url().endsWith('/v1/events'));
  await at.page.goto(at.stage.siteUrl);
  await (await answered).finished();
  await at.page.goto(`${at.stage.siteUrl}/other`);
  await at.stage.until((arrived) => count(arrived, 'hide') + count(arrived, 'leave') > 0);
  // Not Playwright's `goBack`: it waits for the page to load, which a kept page does not.
  // In a task of its own: the answer to this call would else race with the end of its page.
  await at.page.evaluate(() => void setTimeout(() => history.back()));
  await shownAgain;
  // Chrome's headless shell has no back/forward cache at all; the test below stands in for it there.
  if (!shown[2]) context.skip('This browser keeps no pages.');
  expectReturn(await at.stage.until((each) => count(each, 'view') === 2 && count(each, 'show') === 1));
});

test('told of being kept and brought back, the page is hidden and viewed again', async () => {
  at.stage.pages['/'] = html(at.stage.tag(), '<p>Here</p>');
  await at.page.goto(at.stage.siteUrl);
  await at.stage.until((arrived) => count(arrived, 'view') === 1);
  await at.page.evaluate(() => dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true })));
  await at.stage.until((arrived) => count(arrived, 'hide') === 1);
  await at.page.evaluate(() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })));
  expectReturn(await at.stage.until((each) => count(each, 'view') === 2 && count(each, 'show') === 1));
});
