import { expect, test } from 'vitest';
import { gridSize } from '../../../../functions/contract/element-grid.ts';
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

/** The middle of the cell that an event tells, in px of its element. */
const placeOf = ({ event, element }: Arrived) => {
  const [, , , , , width = 0, height = 0] = element ?? [];
  const px = (cell: unknown, size: number) => ((Number(cell) + 0.5) / gridSize) * size;
  return [px(event[3], width), px(event[4], height)].map(Math.round);
};
const told = (events: Arrived[]) => events.map((each) => [each.element?.[1], ...placeOf(each)]);

const frames = () =>
  at.page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));

/** Turns the wheel where the pointer is, until that has scrolled what `selector` finds. */
async function wheel(px: number, selector = 'html') {
  await at.page.mouse.wheel(0, px);
  await at.page.waitForFunction(([scrolled, top]) => document.querySelector(scrolled)?.scrollTop === top, [
    selector,
    px,
  ] as const);
  await frames();
}

async function openBody(own: string) {
  at.stage.pages['/'] = html(at.stage.tag(), `<style>body { margin: 0 } section { height: 400px }</style>${own}`);
  await at.page.goto(at.stage.siteUrl);
  await at.stage.until((arrived) => count(arrived, 'view') === 1);
}

test('what the wheel ends is told where it was before the page moved', async () => {
  await openBody(
    `<section id="first"><button id="buy" style="margin: 100px; width: 200px; height: 100px">Buy</button></section>
     ${['second', 'third', 'fourth'].map((id) => `<section id="${id}"></section>`).join('')}`,
  );
  await at.page.mouse.move(150, 180);
  await stay(350);
  await wheel(400);
  await at.page.mouse.move(700, 600);
  await stay(150);
  const arrived = await leave('move');
  expect(told(arrived)).toEqual([
    ['#first', 150, 180],
    ['#third', 700, 200],
  ]);
  expect(told(at.stage.arrived.filter(({ what }) => what === 'hover'))).toEqual([['#buy', 50, 80]]);
});

test('the same in a pane; and what is scrolled elsewhere ends no rest', async () => {
  const sections = (name: string) => [1, 2, 3].map((n) => `<section id="${name}-${'abc'[n - 1]}"></section>`).join('');
  await openBody(
    `<style>.pane { position: absolute; top: 100px; width: 300px; height: 500px; overflow: auto }</style>
     <div class="pane" id="near" style="left: 100px">${sections('near')}</div>
     <div class="pane" id="far" style="left: 500px">${sections('far')}</div>`,
  );
  await at.page.mouse.move(150, 180);
  await stay(150);
  await at.page.evaluate(() => document.getElementById('far')?.scrollTo(0, 300));
  await frames();
  await stay(150);
  await wheel(400, '#near');
  const moves = await leave('move');
  expect(told(moves)[0]).toEqual(['#near-a', 50, 80]);
  expect(moves[0]?.event[5]).toBeGreaterThanOrEqual(300);
});

test('a layout that shifts under a resting pointer does not move the place where it came to rest', async () => {
  await openBody('<section id="first"></section><section id="second"></section>');
  await at.page.mouse.move(300, 500);
  await stay(150);
  await at.page.evaluate(() => document.body.insertAdjacentHTML('afterbegin', '<p style="margin: 0; height: 250px">'));
  await frames();
  await at.page.mouse.move(700, 20);
  expect(told(await leave('move'))[0]).toEqual(['#second', 300, 100]);
});

test('a field that loses its focus to a click is no hesitation', async () => {
  await openBody(
    `<section id="first"><input id="name"><a href="#there" id="go" style="display: block">Go</a></section>`,
  );
  await at.page.focus('#name');
  await at.page.hover('#go');
  await stay(1_050);
  // As where links and buttons take no focus by a click.
  await at.page.evaluate(() => (document.activeElement as HTMLElement).blur());
  await at.page.mouse.down();
  await at.page.mouse.up();
  await at.page.mouse.move(600, 500);
  expect((await leave('hover')).map(({ element, event }) => [element?.[1], event[6]])).toEqual([['#go', 0]]);
});
