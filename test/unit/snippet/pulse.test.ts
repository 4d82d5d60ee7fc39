import { beforeEach, expect, test } from 'vitest';
import { kind, type WirePage } from '../../../functions/contract/event.ts';
import type { SeenElement } from '../../../snippet/batch.ts';
import { createPulse, type Pulse } from '../../../snippet/pulse.ts';
import { unsettledMax } from '../../../snippet/send.ts';
import { accepted, createFakeDoor, type FakeDoor } from './fake-door.ts';

const head = { v: 1, k: 'demo', l: '0123456789abcdef', o: 'https://shop.example', g: 'en' };
const page: WirePage = ['/', 'Home', '', 1280, 800, 3000, []];
const button: SeenElement = ['#buy', 'Buy', 0, 0, 10, 10, 1];
let door: FakeDoor;
let pulse: Pulse;

const kinds = (batches = door.posted) => batches.map(({ x }) => x.map(([what]) => what));
const click = () => pulse.add([kind.click, 0, 0, 1, 1, 0], button);
const move = () => pulse.add([kind.move, 0, 0, 1, 1, 100, 0], button);

/** The page is viewed and its first batch answered. */
async function begin(answer = accepted({ token: 'sealed' })) {
  pulse.view(page, 0);
  await door.pass(50);
  await door.reply(answer);
}

beforeEach(() => {
  door = createFakeDoor();
  pulse = createPulse(head, door);
});

test('a view is sent within 50 ms, with what came along', async () => {
  pulse.view(page, 0);
  click();
  await door.pass(49);
  expect(door.posted).toEqual([]);
  await door.pass(1);
  expect(kinds()).toEqual([[kind.view, kind.click, kind.heartbeat]]);
  expect(door.posted[0]).toMatchObject({ n: 0, t: door.now(), s: door.now() });
});

test('before the first view nothing is taken', async () => {
  click();
  await door.pass(120_000);
  expect(door.posted).toEqual([]);
});

test('a page that is viewed long after it was loaded has somebody from then on, whose doing before counts', async () => {
  expect(pulse.touchedAt()).toBe(0);
  await door.pass(3_600_000);
  await begin();
  expect(kinds()).toEqual([[kind.view, kind.heartbeat]]);
  expect(pulse.touchedAt()).toBe(door.now() - 50);

  pulse = createPulse(head, door);
  pulse.touch();
  const touchedAt = door.now();
  await door.pass(10_000);
  pulse.view(page, 0);
  expect(pulse.touchedAt()).toBe(touchedAt);
});

test('while nobody looks, clicks and moves wait for 30 s', async () => {
  await begin();
  click();
  move();
  await door.pass(29_900);
  expect(door.posted).toHaveLength(1);
  await door.pass(100);
  expect(kinds()[1]?.slice(0, 2)).toEqual([kind.click, kind.move]);
});

test('while somebody looks, clicks go at once and moves each everyMs', async () => {
  await begin(accepted({ watched: true, everyMs: 3_000 }));
  move();
  await door.pass(2_900);
  expect(door.posted).toHaveLength(1);
  await door.pass(100);
  expect(kinds()[1]).toContain(kind.move);
  await door.reply(accepted({ watched: true, everyMs: 3_000 }));
  click();
  await door.pass(50);
  expect(kinds()[2]).toContain(kind.click);
});

test('when watching begins, a click that has waited goes at once, and movement as it does from then on', async () => {
  pulse.view(page, 0);
  await door.pass(50);
  click();
  await door.reply(accepted({ watched: true, everyMs: 1_000 }));
  await door.pass(50);
  expect(kinds()[1]).toContain(kind.click);
  move();
  await door.reply(accepted({ watched: true, everyMs: 1_000 }));
  await door.pass(900);
  expect(door.posted).toHaveLength(2);
  await door.pass(100);
  expect(kinds()[2]).toContain(kind.move);
});

test('a visible page says each 30 s that it is there, a hidden one is silent', async () => {
  await begin();
  for (let beat = 1; beat <= 3; beat++) {
    await door.pass(30_000);
    expect(kinds()[beat]).toEqual([kind.heartbeat]);
    await door.reply(accepted());
  }
  pulse.hide(kind.hide);
  expect(kinds(door.beacons)).toEqual([[kind.hide]]);
  await door.pass(600_000);
  expect(door.posted).toHaveLength(4);
});

test('every batch of a visible page says that it is there at that moment', async () => {
  await begin();
  await door.pass(1_000);
  click();
  await door.pass(29_000);
  expect(kinds()[1]).toEqual([kind.click, kind.heartbeat]);
  expect(door.posted[1]?.x[1]?.[1]).toBe(0);
});

test('after 30 min without a touch the page falls silent, and a touch wakes it', async () => {
  await begin();
  for (let beat = 0; beat < 120; beat++) {
    await door.pass(30_000);
    if (door.unanswered()) await door.reply(accepted());
  }
  const beats = kinds()
    .flat()
    .filter((what) => what === kind.heartbeat).length;
  expect(beats).toBeGreaterThanOrEqual(59);
  expect(beats).toBeLessThanOrEqual(60);
  const before = door.posted.length;
  pulse.touch();
  await door.pass(30_000);
  expect(kinds()[before]).toEqual([kind.heartbeat]);
});

test('what was summed up is collected before the page is hidden: nothing of life follows the hiding', async () => {
  pulse.collect(() => pulse.isVisible() && pulse.add([kind.engaged, 0, 0, 5]));
  await begin();
  pulse.hide(kind.leave);
  expect(kinds(door.beacons)).toEqual([[kind.engaged, kind.leave]]);
});

test('another view closes the account of the page before', async () => {
  const other: WirePage = ['/shop', 'Shop', '', 1280, 800, 3000, []];
  pulse.collect(() => pulse.add([kind.engaged, 0, 0, 5]));
  await begin();
  pulse.view(other, 1);
  await door.pass(50);
  const [, second] = door.posted;
  expect(second?.x.map(([what, , index]) => [what, second.p[index]?.[0]])).toEqual([
    [kind.engaged, '/'],
    [kind.view, '/shop'],
    [kind.heartbeat, '/shop'],
    [kind.engaged, '/shop'],
  ]);
});

test('while an answer is awaited the open batch stays open, and leaves with it', async () => {
  pulse.view(page, 0);
  await door.pass(50);
  pulse.view(page, 1);
  pulse.view(page, 1);
  await door.pass(10_000);
  expect(door.posted).toHaveLength(1);
  await door.reply(accepted());
  expect(kinds()[1]).toEqual([kind.view, kind.view, kind.heartbeat]);
  expect(door.posted.map(({ n }) => n)).toEqual([0, 1]);
});

test('full batches queue up to 32; what no longer fits then is lost, and numbers have no gap', async () => {
  pulse.view(page, 0);
  await door.pass(50);
  for (let n = 0; n < 250 * (unsettledMax + 5); n++) move();
  while (door.unanswered()) await door.reply(accepted());
  await door.pass(30_000);
  const numbers = [...new Set(door.posted.map(({ n }) => n))];
  expect(numbers).toEqual(numbers.map((_, index) => index));
  expect(
    kinds()
      .flat()
      .filter((what) => what === kind.move),
  ).toHaveLength(250 * unsettledMax);
});

test('a retried batch has the same content; only the time of the attempt differs', async () => {
  pulse.view(page, 0);
  await door.pass(50);
  await door.reply({ status: 503 });
  click();
  await door.pass(1_000);
  const [first, again] = door.posted.map(({ s, ...fixed }) => ({ s, fixed }));
  expect(again?.fixed).toEqual(first?.fixed);
  expect(again?.s).toBe(Number(first?.s) + 1_000);
});

test('after a stop nothing more leaves', async () => {
  pulse.view(page, 0);
  await door.pass(50);
  await door.reply({ status: 503 });
  click();
  pulse.stop();
  pulse.hide(kind.leave);
  await door.pass(600_000);
  expect(door.posted).toHaveLength(1);
  expect(door.beacons).toEqual([]);
});
