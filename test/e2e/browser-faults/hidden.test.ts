/**
 * Pages that are hidden and frozen for real, in a browser process of its own: Playwright makes the pages of its own contexts
 * believe that they have the focus, and such a page is neither hidden nor frozen, whatever it is told. Minimising the window
 * hides a page, and freezing one by the browser's protocol hides it first, as the browser's own freezing does.
 */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { LiveAnswer } from '../../../functions/contract/answer.ts';
import { kind } from '../../../functions/contract/event.ts';
import { type OwnBrowser, startOwnBrowser, type WindowState } from '../active-now/own-browser.ts';
import { eventually, personAgent } from '../product.ts';
import { expectCounted, expectNobody } from './counted.ts';
import { closeTab, faultStage, openAnswered, thrownIn } from './fault-stage.ts';
import { taken, tells } from './gate.ts';
import { allDeeds, press, sessionOf, shopPage, untilTrue } from './shop-page.ts';

const at = faultStage();
let own: OwnBrowser;

beforeAll(async () => {
  own = await startOwnBrowser(personAgent(146));
});
afterAll(() => own?.close());

/** Opens the shop in the browser that hides its pages. */
async function open(name: string): Promise<void> {
  at.gate.page = () => shopPage({ name, tag: at.gate.tag, before: countLifecycle });
  at.page = await own.context.newPage();
  at.thrown = thrownIn(at.page);
  await openAnswered(at, `/${name}/first`);
}

const countLifecycle = `<script>
  for (const what of ['freeze', 'resume']) document.addEventListener(what, () => document.documentElement.setAttribute('data-' + what, 1));
</script>`;

/** Minimises or restores the page's window, and waits until the page itself knows. */
async function turn(page: Page, windowState: WindowState): Promise<void> {
  // Not by a session that ends: with it the page would be online again.
  const session = await sessionOf(page);
  const { windowId } = await session.send('Browser.getWindowForTarget');
  await session.send('Browser.setWindowBounds', { windowId, bounds: { windowState } });
  await untilTrue(page, `document.visibilityState === '${windowState === 'normal' ? 'visible' : 'hidden'}'`);
}

const activeIs = (active: number) =>
  eventually(
    () => at.product.ask<LiveAnswer>('live'),
    (live) => live.active === active,
  );

test('a page frozen with a request on its way, and resumed, has all counted once', async () => {
  await open('frozen');
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  at.gate.fateOf = async ({ isBeacon }, earlier) => {
    if (isBeacon || earlier > 0) return 'pass';
    await released;
    return 'lose-answer';
  };
  await press(at.page, 'buy');
  await press(at.page, 'go');
  await at.gate.until((attempts) => attempts.some(({ batch }) => batch.n === 1));
  const session = await sessionOf(at.page);
  await session.send('Page.setWebLifecycleState', { state: 'frozen' });
  await at.gate.until((attempts) => taken(attempts).some((each) => tells(each.batch, kind.hide)));
  await activeIs(0);
  // While the page stands still its request is counted, and the answer gets lost.
  release();
  await at.gate.until((attempts) => attempts.every(({ status }) => status === 202));
  await session.send('Page.setWebLifecycleState', { state: 'active' });
  await untilTrue(at.page, `document.documentElement.matches('[data-freeze="1"][data-resume="1"]')`);
  at.gate.fateOf = () => 'pass';
  // Resumed, it is still hidden. Its window says that it is shown when it was hidden by it.
  await turn(at.page, 'minimized');
  await turn(at.page, 'normal');
  await at.gate.until((attempts) => taken(attempts).some((each) => tells(each.batch, kind.show)));
  await activeIs(1);
  await press(at.page, 'tell');
  await closeTab(at);
  await expectCounted(at.product, 'frozen', allDeeds('frozen'));
  await expectNobody(at.product);
  expect(at.thrown).toEqual([]);
});

test('what was done before a page was hidden offline is counted when it is back, though its beacon was lost', async () => {
  await open('tunnel');
  await own.context.setOffline(true);
  await press(at.page, 'buy');
  await press(at.page, 'tell');
  const lost = at.page.waitForEvent('requestfailed', (request) => request.url().endsWith('/v1/events'));
  await turn(at.page, 'minimized');
  await lost;
  expect(at.gate.attempts).toHaveLength(1);
  await own.context.setOffline(false);
  await turn(at.page, 'normal');
  await at.gate.until((attempts) => taken(attempts).some((each) => tells(each.batch, kind.show)));
  await activeIs(1);
  await closeTab(at);
  await expectCounted(at.product, 'tunnel', {
    views: { '/tunnel/first': 1 },
    clicks: { '/tunnel/first': 2 },
    events: { 'tunnel-told': 1 },
  });
  await expectNobody(at.product);
  expect(at.thrown).toEqual([]);
});
