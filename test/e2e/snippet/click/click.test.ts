import { expect, test } from 'vitest';
import { fractionOf } from '../../../../functions/contract/element-grid.ts';
import { clickFlag } from '../../../../functions/contract/event.ts';
import { type Arrived, count, html } from '../collector.ts';
import { freshStage } from '../fresh-stage.ts';

const at = freshStage();
const style = '<style>body { margin: 0 } button { display: block; width: 200px; height: 100px }</style>';

async function open(body: string) {
  at.stage.pages['/'] = html(at.stage.tag(), style + body);
  await at.page.goto(at.stage.siteUrl);
  await at.stage.until((arrived) => count(arrived, 'view') === 1);
}

async function leave(): Promise<Arrived[]> {
  await at.page.goto('about:blank');
  return at.stage.until((each) => count(each, 'leave') === 1);
}

const clicks = (arrived: Arrived[]) => arrived.filter(({ what }) => what === 'click');

test('a click tells its element, its box and the spot inside it within 8 px', async () => {
  await open('<div style="height: 1000px"></div><button id="buy"><b>Buy</b> now</button>');
  await at.page.click('#buy', { position: { x: 150, y: 20 } });
  const [click] = clicks(await leave());
  expect(click?.element).toEqual([0, '#buy', 'Buy now', 0, 1000, 200, 100, 1]);
  expect(Math.abs(fractionOf(Number(click?.event[3])) * 200 - 150)).toBeLessThanOrEqual(8);
  expect(Math.abs(fractionOf(Number(click?.event[4])) * 100 - 20)).toBeLessThanOrEqual(8);
  expect(click?.event[5]).toBe(0);
});

test('the same spot has the same cell wherever the page is scrolled', async () => {
  await open('<button id="buy">Buy</button><div style="height: 3000px"></div>');
  await at.page.mouse.click(100, 80);
  await at.page.evaluate(() => scrollTo(0, 50));
  await at.page.mouse.click(100, 30);
  const cells = clicks(await leave()).map(({ event }) => event.slice(3, 5));
  expect(cells[1]).toEqual(cells[0]);
});

test('how it was made is told: modifier, keyboard, middle and right button', async () => {
  await open('<button id="buy">Buy</button>');
  await at.page.click('#buy', { modifiers: ['Shift'] });
  await at.page.keyboard.press('Enter');
  await at.page.click('#buy', { button: 'middle' });
  await at.page.click('#buy', { button: 'right' });
  const flags = clicks(await leave()).map(({ event }) => event[5]);
  expect(flags).toEqual([clickFlag.modifier, clickFlag.keyboard, clickFlag.middle, clickFlag.right]);
});

test('a tap is told as one where clicks do not say what they were made by, and a click after it is none', async () => {
  // As in Safari, where clicks were mere mouse events for long.
  await at.page.addInitScript(() => {
    const { get } = Object.getOwnPropertyDescriptor(PointerEvent.prototype, 'pointerType') ?? {};
    Object.defineProperty(PointerEvent.prototype, 'pointerType', {
      get(this: PointerEvent) {
        return this.type === 'click' ? undefined : get?.call(this);
      },
    });
  });
  await open('<button id="buy">Buy</button>');
  const session = await at.page.context().newCDPSession(at.page);
  await session.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [{ x: 50, y: 50 }] });
  await session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  await at.page.evaluate(() => document.getElementById('buy')?.focus());
  await at.page.keyboard.press('Enter');
  await at.page.click('#buy');
  const flags = clicks(await leave()).map(({ event }) => event[5]);
  expect(flags).toEqual([clickFlag.touch, clickFlag.keyboard, 0]);
});

test('a click on a label is one click, though the browser makes two', async () => {
  await open('<label id="terms"><input type="checkbox" name="terms"> I agree</label>');
  await at.page.click('#terms', { position: { x: 60, y: 10 } });
  const found = clicks(await leave());
  expect(found.map(({ element }) => element?.[1])).toEqual(['#terms']);
});

test('a click on a label whose page prevents the second takes nothing from the next', async () => {
  await open('<label id="terms" style="margin: 50px"><input type="checkbox" id="agree"> I agree</label>');
  await at.page.evaluate(() => {
    document.getElementById('terms')?.addEventListener('click', (event) => event.preventDefault(), { once: true });
  });
  await at.page.click('#terms', { position: { x: 60, y: 10 } });
  await at.page.click('#agree');
  expect(clicks(await leave()).map(({ element }) => element?.[1])).toEqual(['#terms', '#agree']);
});

test('a click inside an open shadow tree finds the button in there', async () => {
  await open('<my-card></my-card>');
  await at.page.evaluate(() => {
    const root = document.querySelector('my-card')?.attachShadow({ mode: 'open' });
    if (root) root.innerHTML = '<p>Text</p><button>Open</button>';
  });
  await at.page.click('my-card button');
  const [click] = clicks(await leave());
  expect(click?.element?.slice(1, 3)).toEqual(['my-card>>button', 'Open']);
});

test('clicks that a script makes are nobody’s', async () => {
  await open('<button id="buy">Buy</button>');
  await at.page.evaluate(() => document.getElementById('buy')?.click());
  expect(clicks(await leave())).toEqual([]);
});

test('three quick clicks in one place are rage, and each further one adds to it', async () => {
  await open('<button id="buy">Buy</button>');
  for (let n = 0; n < 4; n++) await at.page.mouse.click(50 + n, 50);
  const arrived = await leave();
  expect(count(arrived, 'click')).toBe(4);
  const rage = arrived.filter(({ what }) => what === 'rage');
  expect(rage.map(({ event, element }) => [event[5], element?.[1]])).toEqual([
    [3, '#buy'],
    [4, '#buy'],
  ]);
});

test('links to other hosts and to files are told without their query', async () => {
  await open(`<script>addEventListener('click', (event) => event.preventDefault())</script>
    <a id="out" href="https://else.example/shop?who=me#top">Out</a> <a id="file" href="/price-list.pdf?v=2">File</a>
    <a id="named" href="/report" download>Report</a> <a id="in" href="/pricing">In</a> <a id="mail" href="mailto:a@b.example">Mail</a>`);
  for (const id of ['#out', '#file', '#named', '#in', '#mail']) await at.page.click(id);
  const arrived = await leave();
  const urls = (what: Arrived['what']) => arrived.filter((each) => each.what === what).map(({ event }) => event[3]);
  expect(urls('outbound')).toEqual(['https://else.example/shop']);
  expect(urls('download')).toEqual([`${at.stage.siteUrl}/price-list.pdf`, `${at.stage.siteUrl}/report`]);
});
