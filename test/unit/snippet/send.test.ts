import { beforeEach, expect, test } from 'vitest';
import { createSender, type Sender, unsettledMax } from '../../../snippet/send.ts';
import { accepted, createFakeDoor, type FakeDoor } from './fake-door.ts';

let door: FakeDoor;
let sender: Sender;
const content = (n: number) => JSON.stringify({ n });
const numbers = () => door.posted.map(({ n }) => n);

beforeEach(() => {
  door = createFakeDoor();
  sender = createSender(door, () => {});
});

test('later batches wait for the answer to the first, and carry its token', async () => {
  sender.send(content(0));
  sender.send(content(1));
  expect(numbers()).toEqual([0]);
  await door.reply(accepted({ token: 'sealed' }));
  expect(door.posted[1]).toMatchObject({ n: 1, i: 'sealed', s: door.now() });
  expect(door.posted[0]).not.toHaveProperty('i');
});

test.each([429, 500, 503])('a batch answered %i comes again with the same number', async (status) => {
  sender.send(content(0));
  await door.reply({ status });
  expect(numbers()).toEqual([0]);
  await door.pass(1_000);
  expect(numbers()).toEqual([0, 0]);
  expect(door.posted[1]?.s).toBe(Number(door.posted[0]?.s) + 1_000);
});

test.each([400, 403, 404, 413])('a batch answered %i never comes again, and the next goes on', async (status) => {
  sender.send(content(0));
  sender.send(content(1));
  await door.reply({ status });
  await door.pass(3_600_000);
  expect(numbers()[0]).toBe(0);
  expect(numbers().filter((n) => n === 0)).toHaveLength(1);
  expect(numbers()).toContain(1);
});

test('each failure doubles the wait, up to ten minutes', async () => {
  sender.send(content(0));
  const waits: number[] = [];
  for (let attempt = 0; attempt < 12; attempt++) {
    const from = door.now();
    const before = door.posted.length;
    await door.reply(undefined);
    while (door.posted.length === before) await door.pass(1_000);
    waits.push((door.now() - from) / 1_000);
  }
  expect(waits).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 600, 600]);
});

test('Retry-After is honoured when it asks for more', async () => {
  sender.send(content(0));
  await door.reply({ status: 429, retryAfterS: 30 });
  await door.pass(29_999);
  expect(numbers()).toEqual([0]);
  await door.pass(1);
  expect(numbers()).toEqual([0, 0]);
});

test('a beacon goes past what is waiting, and takes along all that is unsettled', async () => {
  sender.send(content(0));
  await door.reply(undefined);
  sender.send(content(1));
  sender.beacon(content(2));
  expect(door.beacons.map(({ n }) => n)).toEqual([2, 0, 1]);
  // The page may live on: what no answer has settled is still tried again.
  await door.pass(1_000);
  expect(numbers()).toEqual([0, 0]);
});

test('a batch that left by beacon while others are unsettled is kept behind them, until it is answered itself', async () => {
  sender.send(content(0));
  await door.reply(undefined);
  sender.beacon(content(1));
  await door.pass(1_000);
  await door.reply(accepted());
  expect(numbers()).toEqual([0, 0, 1]);
});

test('a batch that left by beacon while all was well is not sent again', async () => {
  sender.send(content(0));
  await door.reply(accepted());
  sender.beacon(content(1));
  await door.pass(3_600_000);
  expect(numbers()).toEqual([0]);
});

test('a beacon that the browser refuses is sent like any other batch', async () => {
  door.takesBeacons = false;
  sender.beacon(content(0));
  expect(numbers()).toEqual([0]);
});

test('it counts what waits for a final answer', () => {
  for (let n = 0; n < unsettledMax; n++) {
    expect(sender.unsettled).toHaveLength(n);
    sender.send(content(n));
  }
  expect(sender.unsettled).toHaveLength(unsettledMax);
});
