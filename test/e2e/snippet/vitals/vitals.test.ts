import { expect, test } from 'vitest';
import { kind } from '../../../../functions/contract/event.ts';
import { type Arrived, count, html } from '../collector.ts';
import { freshStage } from '../fresh-stage.ts';

const at = freshStage();

/** Shows a large block late, moves a box by 200 px without being asked, and takes 300 ms to answer a click. */
const slowPage = (attributes: string) =>
  html(
    at.stage.tag(attributes),
    `<style>body { margin: 0 } #box { width: 640px; height: 400px; background: teal } #late { font-size: 40px }</style>
     <p style="margin: 0">Soon</p><div id="gap"></div><div id="box"></div><button id="slow">Slow</button>
     <script>
       const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
       slow.onclick = () => { const end = performance.now() + 300; while (performance.now() < end); slow.textContent = 'Done'; };
       addEventListener('load', async () => {
         await wait(250);
         const late = document.createElement('p');
         late.id = 'late';
         late.textContent = 'Late and large. '.repeat(20);
         document.body.append(late);
         await wait(150);
         gap.style.height = '200px';
       });
     </script>`,
  );

/** What the browser tells of itself, in the page's own observers. */
interface Told {
  lcp: number;
  cls: number;
  inp: number;
}
const observe = () => {
  const told = { lcp: 0, cls: 0, inp: 0 };
  Object.assign(window, { told });
  const each = (type: string, run: (entry: never) => void) =>
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) run(entry as never);
    }).observe({ type, buffered: true, durationThreshold: 16 } as PerformanceObserverInit);
  each('largest-contentful-paint', ({ startTime }: PerformanceEntry) => {
    told.lcp = startTime;
  });
  each('layout-shift', ({ value, hadRecentInput }: PerformanceEntry & { value: number; hadRecentInput: boolean }) => {
    if (!hadRecentInput) told.cls += value;
  });
  each('event', ({ interactionId, duration }: PerformanceEntry & { interactionId: number }) => {
    if (interactionId) told.inp = Math.max(told.inp, duration);
  });
};
const told = () => at.page.evaluate(() => (window as unknown as { told: Told }).told);
const vitalsOf = (arrived: Arrived[]) => arrived.filter(({ what }) => what === 'vitals');

async function open(attributes: string) {
  at.stage.pages['/'] = slowPage(attributes);
  await at.page.addInitScript(observe);
  const part = at.page.waitForEvent('requestfinished', (request) => request.url().endsWith('/vitals.js'));
  await at.page.goto(at.stage.siteUrl);
  return part;
}
async function clickSlowly() {
  await at.page.click('#slow');
  await at.page.waitForFunction(() => (window as unknown as { told: Told }).told.inp >= 300);
}

test('what the browser measures is told once, with the last beacon, of the page that the load began with', async () => {
  await (await open('data-vitals')).response();
  await at.page.waitForFunction(() => (window as unknown as { told: Told }).told.cls > 0);
  await clickSlowly();
  // An application goes on to another page; the load is still the same.
  await at.page.evaluate(() => history.pushState(null, '', '/next'));
  const browsers = await told();
  await at.page.goto('about:blank');
  const arrived = await at.stage.until((each) => count(each, 'leave') === 1);
  const [vitals, ...more] = vitalsOf(arrived);
  expect(more).toEqual([]);
  expect(vitals?.isBeacon).toBe(true);
  expect(vitals?.page?.[0]).toBe('/');
  expect(vitals?.event.slice(3)).toEqual([
    Math.round(browsers.lcp),
    Math.round(browsers.inp),
    Math.round(browsers.cls * 10_000),
  ]);
  // The block came 250 ms after the page; the box of 640 × 400 px went 200 px down, in a window of 1280 × 800: the area that it
  // swept, 640 × 600, by the way, 200 of 1280 px. What else moved comes on top (the button, the late text).
  const [lcp = 0, inp = 0, cls = 0] = (vitals?.event.slice(3) ?? []) as number[];
  expect(lcp).toBeGreaterThanOrEqual(250);
  expect(inp).toBeGreaterThanOrEqual(300);
  expect(cls).toBeGreaterThanOrEqual(Math.floor(((640 * 600) / (1280 * 800)) * (200 / 1280) * 10_000));
});

test('a consent begins it, with nothing that was done before; and a return from the page cache is measured anew', async () => {
  at.stage.pages['/'] = slowPage('data-vitals data-consent');
  const loaded: string[] = [];
  at.page.on('request', (request) => loaded.push(new URL(request.url()).pathname));
  await at.page.addInitScript(observe);
  await at.page.goto(at.stage.siteUrl);
  await at.page.waitForFunction(() => 'sitepulse' in window && (window as unknown as { told: Told }).told.cls > 0);
  await clickSlowly();
  expect(loaded).not.toContain('/vitals.js');
  const part = at.page.waitForEvent('requestfinished', (request) => request.url().endsWith('/vitals.js'));
  await at.page.evaluate(() => window.sitepulse?.consent(true));
  await part;
  await at.stage.until((each) => count(each, 'view') === 1);
  await at.page.evaluate(() => dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true })));
  const [first] = vitalsOf(await at.stage.until((each) => count(each, 'hide') === 1));
  const { lcp, cls } = await told();
  expect(first?.event.slice(3)).toEqual([Math.round(lcp), null, Math.round(cls * 10_000)]);
  await at.page.evaluate(async () => {
    dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
    for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
    dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
    dispatchEvent(new PageTransitionEvent('pagehide', { persisted: false }));
  });
  const [, second, ...more] = vitalsOf(await at.stage.until((each) => count(each, 'leave') === 1));
  expect(more).toEqual([]);
  const [what, , , shownMs, inp, moved] = second?.event ?? [];
  expect([what, inp, moved]).toEqual([kind.vitals, null, 0]);
  expect(Number(shownMs)).toBeLessThan(lcp);
});

test.each([
  ['without being asked for', '', false],
  ['for whoever sends GPC', 'data-vitals', true],
])('nothing of it is loaded %s', async (_, attributes, isPrivate) => {
  at.stage.pages['/'] = slowPage(attributes);
  const loaded: string[] = [];
  at.page.on('request', (request) => loaded.push(new URL(request.url()).pathname));
  if (isPrivate) {
    await at.page.addInitScript(() => Object.defineProperty(navigator, 'globalPrivacyControl', { value: true }));
  }
  await at.page.addInitScript(observe);
  await at.page.goto(at.stage.siteUrl);
  await at.page.waitForFunction(() => 'sitepulse' in window && (window as unknown as { told: Told }).told.cls > 0);
  expect(loaded).toContain('/s.js');
  expect(loaded).not.toContain('/vitals.js');
});
