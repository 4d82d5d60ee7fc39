import { expect, test } from 'vitest';
import { type Arrived, count, html } from '../collector.ts';
import { freshStage } from '../fresh-stage.ts';

const at = freshStage();

/** The page's clock is the test's: 4 s after each click everything has been decided. */
async function open(body: string) {
  at.stage.pages['/'] = html(at.stage.tag(), `<style>body { margin: 0 }</style>${body}`);
  await at.page.clock.install();
  await at.page.goto(at.stage.siteUrl);
  // What gained the focus a second ago may still explain a click.
  await at.page.clock.runFor(4_000);
  await at.stage.until((arrived) => count(arrived, 'view') === 1);
}

async function click(selector: string, options: Parameters<typeof at.page.click>[1] = {}) {
  await at.page.click(selector, options);
  await at.page.clock.runFor(4_000);
}

/** The browser tells of scrolling, selecting and popping up a little later, by its own clock. */
async function until(type: 'scroll' | 'selectionchange' | 'toggle', act: () => Promise<void>) {
  await at.page.evaluate((name) => {
    document.addEventListener(name, () => Object.assign(window, { told: name }), { once: true, capture: true });
  }, type);
  await act();
  await expect.poll(() => at.page.evaluate(() => (window as { told?: string }).told)).toBe(type);
  await at.page.clock.runFor(4_000);
}

async function leave(): Promise<Arrived[]> {
  await at.page.goto('about:blank');
  return at.stage.until((each) => count(each, 'leave') === 1);
}

const dead = (arrived: Arrived[]) => arrived.filter(({ what }) => what === 'dead').map(({ element }) => element?.[1]);

test('a click that nothing follows is dead, where it was, whatever it was made with', async () => {
  await open('<div id="card" style="width: 200px; height: 100px">Offer</div><button id="buy">Buy</button>');
  await click('#card', { position: { x: 150, y: 20 } });
  await at.page.focus('#buy');
  await at.page.clock.runFor(4_000);
  await at.page.keyboard.press('Enter');
  await at.page.clock.runFor(4_000);
  const arrived = await leave();
  expect(dead(arrived)).toEqual(['#card', '#buy']);
  const spots = (what: Arrived['what']) =>
    arrived.filter((each) => each.what === what).map(({ event }) => event.slice(3, 5));
  expect(spots('dead')).toEqual(spots('click'));
});

test('a click that something follows is alive', async () => {
  await open(`
    <button id="late" onclick="setTimeout(() => { note.textContent = 1 }, 2400)">Late</button>
    <button id="too-late" onclick="setTimeout(() => { note.textContent = 2 }, 2600)">Too late</button>
    <button id="pressed" onpointerdown="note.textContent = 3">Menu</button>
    <button id="styled" onclick="this.className = 'on'">Switch</button>
    <button id="scrolls" onclick="window.scrollBy(0, 50)">Down</button>
    <button id="pushes" onclick="setTimeout(() => history.pushState(null, '', '#tab'), 500)">Tab</button>
    <button id="focuses" onclick="field.focus()">Search</button>
    <button id="pops" popovertarget="menu">Menu</button><div id="menu" popover>Items</div>
    <form onsubmit="event.preventDefault()"><button id="sends">Send</button></form>
    <form><input required><button id="refused">Send</button></form>
    <my-box></my-box><p id="note"></p><p id="text">Two words</p><input id="field"><div style="height: 3000px"></div>`);
  await at.page.evaluate(() => {
    const root = document.querySelector('my-box')?.attachShadow({ mode: 'open' });
    if (root) root.innerHTML = `<button onclick="this.textContent = 'On'">Inside</button>`;
  });
  await at.page.clock.runFor(4_000);
  for (const id of ['late', 'too-late', 'pressed', 'styled', 'pushes', 'focuses']) await click(`#${id}`);
  for (const selector of ['#sends', '#refused', 'my-box button']) await click(selector);
  await until('scroll', () => at.page.click('#scrolls'));
  await until('selectionchange', () => at.page.dblclick('#text', { position: { x: 10, y: 8 } }));
  expect(await at.page.evaluate(() => `${getSelection()}`.trim())).not.toBe('');
  await at.page.evaluate(() => getSelection()?.empty());
  await until('toggle', () => at.page.click('#pops'));
  const arrived = await leave();
  expect(count(arrived, 'click')).toBe(13);
  expect(dead(arrived)).toEqual(['#too-late']);
});

test('fields, pictures that move, links that lead elsewhere and special clicks are not judged', async () => {
  await open(`<script>addEventListener('click', (event) => event.preventDefault())</script>
    <input id="field"><label id="label">Name</label><select id="select"><option>One</option></select>
    <div id="editor" contenteditable>Text</div><canvas id="canvas"></canvas><video id="video" width="50"></video>
    <a id="out" href="https://else.example/">Out</a><a id="in" href="/pricing">In</a><a id="file" href="/a.pdf" download>File</a>
    <a id="script" href="javascript:void 0">Nothing</a><div id="card">Card</div>
    <div data-sp-ignore><button id="secret">Secret</button></div>`);
  const unjudged = ['field', 'label', 'select', 'editor', 'canvas', 'video', 'out', 'in', 'file', 'secret'];
  for (const id of unjudged) await click(`#${id}`);
  await click('#card', { modifiers: ['Shift'] });
  await click('#card', { button: 'right' });
  await click('#card', { button: 'middle' });
  await at.page.mouse.click(600, 700);
  await at.page.clock.runFor(4_000);
  await click('#script');
  const arrived = await leave();
  expect(count(arrived, 'click')).toBe(14);
  expect(dead(arrived)).toEqual(['#script']);
});

test('a click on a page that is left before it is decided is not dead', async () => {
  await open('<div id="card">Offer</div>');
  await at.page.click('#card');
  await at.page.clock.runFor(2_000);
  expect(dead(await leave())).toEqual([]);
});

test('a decision that falls between a press and its click does not end the watch for that click', async () => {
  await open('<div id="card">Offer</div><div id="more" onclick="this.textContent = 1">More</div>');
  await at.page.click('#card');
  await at.page.clock.runFor(2_000);
  await at.page.hover('#more');
  await at.page.mouse.down();
  await at.page.clock.runFor(1_000);
  await at.page.mouse.up();
  await at.page.clock.runFor(4_000);
  const arrived = await leave();
  expect(count(arrived, 'click')).toBe(2);
  expect(dead(arrived)).toEqual(['#card']);
});

test('of a burst the last click is judged, and the document is watched only until then', async () => {
  await at.page.addInitScript(() => {
    const watching = new Set<MutationObserver>();
    const { observe, disconnect } = MutationObserver.prototype;
    MutationObserver.prototype.observe = function (...args) {
      watching.add(this);
      return observe.apply(this, args);
    };
    MutationObserver.prototype.disconnect = function () {
      watching.delete(this);
      return disconnect.apply(this);
    };
    Object.assign(window, { watching });
  });
  const watching = () => at.page.evaluate(() => (window as unknown as { watching: Set<unknown> }).watching.size);
  await open('<div id="card">Offer</div>');
  expect(await watching()).toBe(0);
  for (let n = 0; n < 3; n++) {
    await at.page.mouse.click(20, 8);
    await at.page.clock.runFor(100);
  }
  expect(await watching()).toBe(1);
  await at.page.clock.runFor(4_000);
  expect(await watching()).toBe(0);
  const arrived = await leave();
  expect([count(arrived, 'click'), count(arrived, 'rage')]).toEqual([3, 1]);
  expect(dead(arrived)).toEqual(['#card']);
});
