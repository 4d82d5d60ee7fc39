import { appendFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { ListTablesCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { ListStreamsCommand, PutRecordCommand } from '@aws-sdk/client-kinesis';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { LiveAnswer } from '../../../functions/contract/answer.ts';
import { localClients } from '../../../localstack/audit/local-ports.dynamo.ts';
import { newBatch } from '../batch.ts';
import { eventually, type Product, startBrowser, startProduct } from '../product.ts';
import { allKept, tracesIn } from './find-traces.ts';

const edgeSecret = 'secret-of-the-edge-77';
/** Addresses and agents that nothing else would be. */
const own = '127.66.55.44';
const forwarded = '198.51.100.177';
const atTheEdge = '203.0.113.199';
const agent =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/160.0.0.0 Safari/537.36 Marked/7.7.1';
const edgeAgent = `${agent} AtTheEdge/9.9`;
const bot = 'MarkedCrawler/5.5 (bot; +http://crawler.example)';
const needles = [
  own,
  forwarded,
  atTheEdge,
  'Marked/7.7.1',
  'AtTheEdge/9.9',
  'MarkedCrawler',
  'AppleWebKit',
  edgeSecret,
];

let product: Product;
let browser: Browser;
beforeAll(async () => {
  [product, browser] = await Promise.all([startProduct({ EdgeSecret: edgeSecret }), startBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await product?.close();
});

/** Sends from an address of its own, as every request of a person has one. */
function send(body: string, headers: Record<string, string> = {}): Promise<number> {
  const { port } = new URL(product.urls.apiUrl);
  const options = {
    host: '127.0.0.1',
    port,
    path: '/v1/events',
    method: 'POST',
    localAddress: own,
    headers: {
      'user-agent': agent,
      'x-forwarded-for': `${forwarded}, ${own}`,
      origin: 'http://localhost:8081',
      ...headers,
    },
  };
  return new Promise((resolve, reject) => {
    const sent = request(options, (response) => {
      response.resume().on('end', () => resolve(response.statusCode ?? 0));
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

const edge = {
  'x-sitepulse-edge': edgeSecret,
  'x-sitepulse-viewer': atTheEdge,
  'x-sitepulse-agent': edgeAgent,
  'cloudfront-viewer-country': 'CH',
};

it('no address, agent, key or ticket is in any table, object, stream record, log line or file after visits of every kind', async () => {
  const outcomes = [
    await send(JSON.stringify(newBatch())),
    await send(JSON.stringify(newBatch()), edge),
    await send(JSON.stringify(newBatch()), { 'user-agent': bot }),
    await send('{"cut off'),
    await send(JSON.stringify(newBatch()), { origin: 'https://evil.example' }),
    await send(JSON.stringify({ ...newBatch(), v: 99 }), edge),
    await send(JSON.stringify(newBatch({ k: 'nobody' }))),
  ];
  expect(outcomes).toEqual([202, 202, 202, 400, 403, 400, 403]);
  const context = await browser.newContext({ userAgent: agent });
  const page = await context.newPage();
  await page.goto(`${product.urls.demoUrl}?utm_source=mail`);
  await page.click('a');
  await eventually(
    () => product.ask<LiveAnswer>('live'),
    ({ active }) => active >= 1,
  );
  await context.close();
  const ticket = await ticketThatWasUsed();
  await eventually(
    async () => (await allKept(product)).filter(({ text }) => text.includes('events/site=demo')).length,
    (objects) => objects > 0,
    40_000,
  );

  const kept = await allKept(product);
  // It has looked everywhere: visits were counted, put on the stream, archived and logged.
  for (const place of [
    'table Counters',
    'table Visitors',
    'table Sites',
    'stream ',
    'log of ingest',
    'log of process',
    'log of socket',
    'file logs',
  ]) {
    expect(kept.filter(({ where }) => where.startsWith(place)).length, place).toBeGreaterThan(0);
  }
  expect(kept.some(({ where }) => where.endsWith('checkpoints.json'))).toBe(true);
  expect(tracesIn(kept, [...needles, product.apiKey, ticket])).toEqual([]);

  await plant();
  const found = tracesIn(await allKept(product), [own, 'Marked/7.7.1']);
  for (const place of ['table Visitors', 'stream ', 'file data', 'file logs']) {
    expect(found.filter((trace) => trace.startsWith(place)).length, place).toBeGreaterThan(0);
  }
});

async function ticketThatWasUsed(): Promise<string> {
  const answer = await product.call('/v1/sites/demo/tickets', { method: 'POST' });
  const { ticket } = (await answer.json()) as { ticket: string };
  const socket = new WebSocket(`${product.urls.socketUrl}?ticket=${ticket}`);
  await new Promise((resolve, reject) => {
    socket.onopen = resolve;
    socket.onerror = reject;
  });
  socket.send('{"op":"watch","view":"live"}');
  await new Promise((resolve) => {
    socket.onmessage = resolve;
  });
  socket.close();
  // It is used up: it opens nothing a second time.
  const again = new WebSocket(`${product.urls.socketUrl}?ticket=${ticket}`);
  await new Promise((resolve) => {
    again.onerror = resolve;
  });
  return ticket;
}

/** What would leak, put where it would be: so the search is known to find it. */
async function plant(): Promise<void> {
  const leak = { address: own, agent };
  const clients = localClients(product.urls.awsEndpoint);
  const { TableNames = [] } = await clients.dynamo.send(new ListTablesCommand({}));
  const table = TableNames.find((name) => name.endsWith('Visitors') || name.includes('Visitors'));
  const Item = { pk: { S: 'leak' }, b: { B: Buffer.from(JSON.stringify(leak)) } };
  await clients.dynamo.send(new PutItemCommand({ TableName: table, Item }));
  const { StreamNames = [] } = await clients.kinesis.send(new ListStreamsCommand({}));
  const Data = Buffer.from(JSON.stringify(leak));
  await clients.kinesis.send(new PutRecordCommand({ StreamName: StreamNames[0], PartitionKey: 'x', Data }));
  clients.close();
  writeFileSync(join(product.stateDir, 'data', 'leak.ndjson.gz'), gzipSync(JSON.stringify(leak)));
  appendFileSync(join(product.stateDir, 'logs', 'leak.log'), `${JSON.stringify(leak)}\n`);
}
