import { expect, test } from 'vitest';
import { type Arrived, count, html } from '../collector.ts';
import { freshStage } from '../fresh-stage.ts';

const at = freshStage();
const body = `<style>body { margin: 0 } section { height: 400px } button { width: 200px; height: 100px }</style>
  <section id="first"><button id="buy">Buy</button></section><section id="second"><p>Text</p></section>`;

async function open() {
  at.stage.pages['/'] = html(at.stage.tag(), body);
  await at.page.goto(at.stage.siteUrl);
  await at.stage.until((arrived) => count(arrived, 'view') === 1);
}

/** Lets the page's own clock go on: what is tested is how long the pointer stays. */
const stay = (ms: number) => at.page.evaluate((wait) => new Promise((resolve) => setTimeout(resolve, wait)), ms);

async function leave(what: Arrived['what']): Promise<Arrived[]> {
  await at.page.goto('about:blank');
  return (await at.stage.until((each) => count(each, 'leave') === 1)).filter((each) => each.what === what);
}

test('a pointer that rests is told with its section, its rest and its way there', async () => {
  await open();
  await at.page.mouse.move(600, 100);
  await stay(250);
  await at.page.mouse.move(600, 500);
  await stay(150);
  const [first, second] = await leave('move');
  expect([first?.element?.[1], second?.element?.[1]]).toEqual(['#first', '#second']);
  expect(first?.event[5]).toBeGreaterThanOrEqual(250);
  expect(second?.event[5]).toBeGreaterThanOrEqual(150);
  expect(second?.event[6]).toBeGreaterThan(100);
});

test('a pointer on its way leaves no spots', async () => {
  await open();
  await at.page.mouse.move(0, 300);
  await at.page.mouse.move(1200, 600, { steps: 40 });
  const moves = await leave('move');
  expect(moves.length).toBeLessThanOrEqual(2);
});

test('staying on a button is a hover, for a second without a click a hesitation', async () => {
  await open();
  await at.page.mouse.move(100, 50);
  await stay(1050);
  await at.page.mouse.move(600, 500);
  await at.page.mouse.move(100, 50);
  await stay(1050);
  await at.page.mouse.click(100, 50);
  await at.page.mouse.move(600, 500);
  const hovers = await leave('hover');
  expect(hovers.map(({ element, event }) => [element?.[1], event[6]])).toEqual([
    ['#buy', 1],
    ['#buy', 0],
  ]);
  for (const { event } of hovers) expect(event[5]).toBeGreaterThanOrEqual(1000);
});
