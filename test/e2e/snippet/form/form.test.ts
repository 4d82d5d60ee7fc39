import { expect, test } from 'vitest';
import { type Arrived, count, html } from '../collector.ts';
import { freshStage } from '../fresh-stage.ts';

const at = freshStage();

/** The page's clock is the test's. */
async function open(body: string) {
  at.stage.pages['/'] = html(at.stage.tag(), body);
  await at.page.clock.install();
  await at.page.clock.pauseAt(Date.now() + 60_000);
  await at.page.goto(at.stage.siteUrl);
  await at.page.clock.runFor(1_000);
  await at.stage.until((arrived) => count(arrived, 'view') === 1);
}

async function leave(): Promise<Arrived[]> {
  await at.page.goto('about:blank');
  return at.stage.until((each) => count(each, 'leave') === 1);
}

const told = (arrived: Arrived[]) =>
  arrived
    .filter(({ what }) => what === 'field' || what === 'abandon')
    .map(({ what, element, event }) => [what, element?.[1], ...event.slice(3)]);

const form = `<form id="order" onsubmit="event.preventDefault()"><input id="name"><input id="secret" type="password">
  <select id="plan"><option>One</option><option>Two</option></select><textarea id="notes"></textarea>
  <div id="ignored" data-sp-ignore><input id="private"></div><button id="send">Send</button></form>`;

test('a visit to a field tells how long it was and whether anything was entered, never what', async () => {
  await open(`${form}<h1 id="editor" contenteditable>Draft</h1>`);
  await at.page.focus('#name');
  await at.page.keyboard.type('Ada Lovelace');
  await at.page.clock.runFor(2_000);
  await at.page.focus('#secret');
  await at.page.keyboard.type('hunter2');
  await at.page.clock.runFor(500);
  await at.page.focus('#private');
  await at.page.keyboard.type('nobody');
  await at.page.focus('#notes');
  await at.page.clock.runFor(700);
  await at.page.selectOption('#plan', 'Two');
  await at.page.focus('#editor');
  await at.page.keyboard.type('Dear Ada');
  await at.page.clock.runFor(100);
  await at.page.click('#editor');
  const arrived = await leave();
  expect(told(arrived).filter(([, key]) => key !== '#plan')).toEqual([
    ['field', '#name', 2_000, 1],
    ['field', '#secret', 500, 1],
    ['field', '#notes', 700, 0],
    ['field', '#editor', 100, 1],
  ]);
  expect(JSON.stringify(at.stage.batches)).not.toMatch(/ada|lovelace|hunter|nobody|private|ignored|draft|two/i);
});

test('the last field of a form that was not sent is abandoned when the page is left', async () => {
  await open(form);
  await at.page.focus('#name');
  await at.page.focus('#notes');
  await at.page.focus('#send');
  expect(told(await leave())).toEqual([
    ['field', '#name', 0, 0],
    ['field', '#notes', 0, 0],
    ['abandon', '#notes'],
  ]);
});

test('the last field is abandoned on the page that it was on when the next view comes', async () => {
  await open(form);
  await at.page.focus('#name');
  await at.page.evaluate(() => history.pushState(null, '', '/next'));
  const arrived = await leave();
  expect(told(arrived)).toEqual([
    ['field', '#name', 0, 0],
    ['abandon', '#name'],
  ]);
  expect(arrived.find(({ what }) => what === 'abandon')?.page?.[0]).toBe('/');
});

test('a form that was sent leaves nothing abandoned, unless it is touched again', async () => {
  await open(`${form}<input id="search">`);
  await at.page.focus('#name');
  await at.page.keyboard.press('Enter');
  await at.page.keyboard.type('again');
  await at.page.click('#send');
  // It stands alone: there is nothing to send.
  await at.page.focus('#search');
  expect(told(await leave())).toEqual([
    ['field', '#name', 0, 1],
    ['field', '#search', 0, 0],
  ]);
});

test('a form that is touched again after it was sent is abandoned by that field', async () => {
  await open(form);
  await at.page.focus('#name');
  await at.page.keyboard.press('Enter');
  await at.page.keyboard.type('again');
  expect(told(await leave())).toEqual([
    ['field', '#name', 0, 1],
    ['abandon', '#name'],
  ]);
});
