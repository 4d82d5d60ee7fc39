import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ErrorAnswer, PagesAnswer, SeriesAnswer } from '../../../functions/contract/answer.ts';
import type { Accepted } from '../../../functions/contract/event.ts';
import { kind, pathLengthMax } from '../../../functions/contract/event.ts';
import { hourMs, minuteMs, minuteOf } from '../../../functions/contract/time-unit.ts';
import { newBatch, postBatch, postBody, wirePage } from '../batch.ts';
import { eventually, type Product, startProduct } from '../product.ts';
import { badBodies, goodPair } from './bad-bodies.ts';

const yearMs = 365 * 24 * hourMs;

let product: Product;
/** Page views accepted so far: what must be counted. */
let accepted = 0;

beforeAll(async () => {
  product = await startProduct();
});
afterAll(() => product?.close());

const api = () => product.urls.apiUrl;

async function sendGood(batch = newBatch()): Promise<void> {
  const answer = await postBatch(api(), batch);
  expect(answer.status, await answer.clone().text()).toBe(202);
  expect((await answer.json()) as Accepted).toMatchObject({ watched: false, everyMs: expect.any(Number) });
  accepted += batch.x.filter(([what]) => what === kind.view).length;
}

async function expectRefused(answer: Response, status: number, code: string): Promise<void> {
  const text = await answer.text();
  expect(answer.status, text).toBe(status);
  const { error } = JSON.parse(text) as ErrorAnswer;
  expect(error.code).toBe(code);
  expect(error.message.length).toBeGreaterThan(10);
  expect(error.message.length).toBeLessThan(300);
  // Or the snippet could not tell a refusal from a failing network, and would try again.
  expect(answer.headers.get('access-control-allow-origin')).toBe('*');
}

const series = (unit: string, fromMs: number) => product.ask<SeriesAnswer>(`series?unit=${unit}&from=${fromMs}`);
const viewsIn = ({ points }: SeriesAnswer) => points.reduce((sum, { pageViews }) => sum + pageViews, 0);

async function untilAllCounted(): Promise<void> {
  await eventually(
    () => series('hour', Date.now() - 30 * hourMs),
    (answer) => viewsIn(answer) === accepted,
  );
}

describe('what is refused, by name, with the good batches around it counted', () => {
  it.each(badBodies)('$what: $code', async ({ status = 400, code, change }) => {
    const [first, second] = goodPair();
    await sendGood(first);
    const body = change(second);
    await expectRefused(await postBody(api(), typeof body === 'string' ? body : JSON.stringify(body)), status, code);
    await sendGood(second);
  });

  it.each([['https://evil.example'], ['http://localhost.evil.example'], ['https://localhost:8081'], ['file://']])(
    'a page of %s: foreign-origin, whatever the body says',
    async (origin) => {
      const [first, second] = goodPair();
      await sendGood(first);
      await expectRefused(await postBatch(api(), second, { origin }), 403, 'foreign-origin');
      await sendGood(second);
    },
  );

  it('a page that hides its origin: foreign-origin by its own word', async () => {
    const foreign = newBatch({ o: 'https://evil.example' });
    await expectRefused(await postBatch(api(), foreign, { origin: 'null' }), 403, 'foreign-origin');
    await sendGood();
  });

  it('a request that breaks off midway: nothing, and the next one is answered', async () => {
    const { hostname, port } = new URL(api());
    const body = JSON.stringify(newBatch());
    await new Promise<void>((resolve, reject) => {
      const socket = connect(Number(port), hostname, () => {
        const head = `POST /v1/events HTTP/1.1\r\nhost: ${hostname}\r\ncontent-length: ${body.length}\r\n\r\n`;
        socket.write(head + body.slice(0, 100), () => socket.destroy());
      });
      socket.once('error', reject);
      socket.once('close', () => resolve());
    });
    await sendGood();
  });

  it('and in the end exactly the good ones are counted', async () => {
    expect(accepted).toBeGreaterThan(2 * badBodies.length);
    await untilAllCounted();
  });
});

describe('what is odd and meant well', () => {
  it.each([
    ['six years slow', -6 * yearMs],
    ['six years fast', 6 * yearMs],
    ['at the beginning of time', -Date.now()],
  ])('a clock %s counts at the time of receipt, less what the batch waited', async (_, wrongBy) => {
    const waitedMs = 10 * minuteMs;
    const countAt = async (minutes: number[]) =>
      (await series('minute', Date.now() - 20 * minuteMs)).points
        .filter(({ at }) => minutes.includes(minuteOf(at)))
        .reduce((sum, { pageViews }) => sum + pageViews, 0);
    const minutes = [minuteOf(Date.now() - waitedMs), minuteOf(Date.now() - waitedMs) + 1];
    const before = await countAt(minutes);
    const sentAt = Date.now() + wrongBy;
    await sendGood(newBatch({ t: sentAt - waitedMs, s: sentAt }));
    await eventually(
      () => countAt(minutes),
      (count) => count === before + 1,
    );
    await untilAllCounted();
  });

  it('a clock set back between making and sending counts as no wait', async () => {
    const now = Date.now();
    await sendGood(newBatch({ t: now, s: now - yearMs }));
    await untilAllCounted();
  });

  it('a batch made 23 hours ago counts in its own hour', async () => {
    const at = Date.now() - 23 * hourMs;
    await sendGood(newBatch({ t: at, s: at + 23 * hourMs }));
    const { points } = await eventually(
      () => series('hour', at - hourMs),
      ({ points: found }) => found.slice(0, 3).some(({ pageViews }) => pageViews > 0),
    );
    const hour = points.find((point) => point.pageViews > 0);
    expect(hour?.pageViews).toBe(1);
    expect(Math.abs((hour?.at ?? 0) + hourMs / 2 - at)).toBeLessThanOrEqual(hourMs / 2 + 5_000);
    await untilAllCounted();
  });

  it('a path of 10 kB is cut to its bound, and counts', async () => {
    const path = `/long/${'x'.repeat(10_000)}`;
    await sendGood(newBatch({ p: [wirePage(path, 'Long')] }));
    const { rows } = await eventually(
      () => product.ask<PagesAnswer>('pages?limit=1000'),
      (answer) => answer.rows.some((row) => row.title === 'Long'),
    );
    const row = rows.find(({ title }) => title === 'Long');
    expect(row?.path).toBe(`${path.slice(0, pathLengthMax - 1)}…`);
    expect(row?.pageViews).toBe(1);
    await untilAllCounted();
  });
});
