import { expect, test } from 'vitest';
import { type Arrived, count, html } from '../collector.ts';
import { freshStage } from '../fresh-stage.ts';

const at = freshStage();

async function leave(): Promise<Arrived[]> {
  await at.page.goto('about:blank');
  return at.stage.until((each) => count(each, 'leave') === 1);
}

const reached = (arrived: Arrived[]) =>
  arrived.filter(({ what }) => what === 'reach').map(({ event }) => event.slice(3, 5));

test('the bands that come into view are told once each', async () => {
  at.stage.pages['/'] = html(at.stage.tag(), '<style>body { margin: 0 }</style><div style="height: 8000px"></div>');
  await at.page.goto(at.stage.siteUrl);
  await at.stage.until((arrived) => count(arrived, 'reach') === 1);
  // 800 of 8,000 px are in view: two bands of twenty.
  await at.page.evaluate(() => scrollTo(0, 4000));
  await at.page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 200)));
  await at.page.evaluate(() => scrollTo(0, 0));
  expect(reached(await leave())).toEqual([
    [0, 1],
    [10, 11],
  ]);
});

test('active time adds up, per band to no more than the visit', async () => {
  at.stage.pages['/'] = html(at.stage.tag(), '<style>body { margin: 0 }</style><div style="height: 8000px"></div>');
  const from = Date.now();
  await at.page.goto(at.stage.siteUrl);
  await at.stage.until((arrived) => count(arrived, 'view') === 1);
  await at.page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 300)));
  const arrived = await leave();
  const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0);
  const engaged = sum(arrived.filter(({ what }) => what === 'engaged').map(({ event }) => Number(event[3])));
  const pairs = arrived.filter(({ what }) => what === 'bands').flatMap(({ event }) => event[3] as unknown as number[]);
  const first = sum(pairs.filter((_, index) => index % 2 === 1 && pairs[index - 1] === 0));
  expect(engaged).toBeGreaterThanOrEqual(300);
  expect(engaged).toBeLessThanOrEqual(Date.now() - from);
  expect(Math.abs(engaged - first)).toBeLessThanOrEqual(5);
});

test('where only a pane scrolls, depth is the pane’s', async () => {
  at.stage.pages['/'] = html(
    at.stage.tag(),
    `<style>body { margin: 0; height: 100vh; display: flex; overflow: hidden } nav { width: 200px } main { flex: 1; overflow-y: auto }</style>
     <nav>Menu</nav><main id="pane"><div style="height: 8000px"></div></main>`,
  );
  await at.page.goto(at.stage.siteUrl);
  const [view] = await at.stage.until((arrived) => count(arrived, 'reach') === 1);
  expect(view?.page?.[5]).toBe(8000);
  await at.page.evaluate(() => document.getElementById('pane')?.scrollTo(0, 7200));
  await at.page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 200)));
  expect(reached(await leave())).toEqual([
    [0, 1],
    [18, 19],
  ]);
});
