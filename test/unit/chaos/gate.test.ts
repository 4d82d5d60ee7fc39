import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import WebSocket, { WebSocketServer } from 'ws';
import { type FaultKind, type Place, places } from '../../chaos/fault-kinds.ts';
import { type Gate, type GateParts, startGate } from '../../chaos/gate.ts';

const aws = (operation: string, caller = 'app/process-3') => ({
  'x-amz-target': `Service_20120810.${operation}`,
  'user-agent': `aws-sdk-js/3 ua/2.1 ${caller}`,
});
/** A call of each place, as the product makes them. */
const calls: Record<
  Exclude<Place, 'socket'>,
  { method: string; path: string; headers: Record<string, string>; body: string }
> = {
  event: { method: 'POST', path: '/v1/events', headers: {}, body: '{"n":0}' },
  'item-write': { method: 'POST', path: '/', headers: aws('UpdateItem'), body: '{}' },
  'item-read': { method: 'POST', path: '/', headers: aws('GetItem'), body: '{}' },
  'items-read': {
    method: 'POST',
    path: '/',
    headers: aws('BatchGetItem'),
    body: '{"RequestItems":{"t":{"Keys":[1,2,3],"ConsistentRead":true}}}',
  },
  'record-put': { method: 'POST', path: '/', headers: aws('PutRecord'), body: '{}' },
  'records-put': {
    method: 'POST',
    path: '/',
    headers: aws('PutRecords'),
    body: '{"StreamName":"s","Records":[1,2,3]}',
  },
  'record-read': { method: 'POST', path: '/', headers: aws('GetRecords', ''), body: '{}' },
  'object-write': { method: 'PUT', path: '/bucket/key', headers: aws('', 'app/archive-1'), body: 'bytes' },
  push: { method: 'POST', path: '/_socket/@connections/abc%3D', headers: {}, body: 'totals' },
};
// An object's request has no operation.
delete calls['object-write'].headers['x-amz-target'];

let service: Server | undefined;
let gate: Gate | undefined;
/** Bodies that the service was given. */
let served: string[] = [];

afterEach(close);
async function close(): Promise<void> {
  await gate?.close();
  await new Promise((resolve) => (service ? service.close(resolve) : resolve(null)));
  [gate, service, served] = [undefined, undefined, []];
}

/** A service that answers what it knows of PutRecords and BatchGetItem, behind a gate whose every call meets `kind`. */
async function open(kind: FaultKind | null, parts: Partial<GateParts> = {}) {
  service = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += chunk));
    request.on('end', () => {
      served.push(body);
      response.end(request.url === '/' ? '{"FailedRecordCount":0,"Records":[{"SequenceNumber":"1"}]}' : 'done');
    });
  });
  await new Promise<void>((resolve) => service?.listen(0, '127.0.0.1', resolve));
  const strike = vi.fn();
  const kill = vi.fn(async () => true);
  const next = () => (kind === null ? null : { kind, ms: 1 });
  gate = await startGate({ plan: { next, strike }, kill, ...parts });
  gate.lead(`http://127.0.0.1:${(service.address() as AddressInfo).port}`);
  return { strike, kill };
}

async function send(place: Exclude<Place, 'socket'>): Promise<{ status: number; text: string } | 'cut off'> {
  const { path, ...init } = calls[place];
  try {
    const response = await fetch(`${gate?.url}${path}`, init);
    return { status: response.status, text: await response.text() };
  } catch {
    return 'cut off';
  }
}

/** How often the service was called in the end. */
async function expectServed(times: number): Promise<void> {
  await vi.waitUntil(() => served.length >= times);
  expect(served).toHaveLength(times);
}

/** Of each kind that is no refusal and kills nobody: how often the service is called, and whether the caller is answered. */
const courses: [Exclude<Place, 'socket'>, FaultKind, number, boolean][] = [
  ['event', 'request-lost', 0, false],
  ['event', 'request-doubled', 2, true],
  ['event', 'request-doubled-late', 2, true],
  ['event', 'answer-lost', 1, false],
  ['item-write', 'write-lost', 0, false],
  ['item-write', 'write-late', 1, false],
  ['item-write', 'write-answer-lost', 1, false],
  ['item-read', 'read-lost', 0, false],
  ['record-put', 'put-late', 1, false],
  ['record-put', 'put-answer-lost', 1, false],
  ['record-read', 'stream-answer-lost', 1, false],
  ['object-write', 'object-answer-lost', 1, false],
  ['push', 'push-lost', 0, false],
  ['push', 'push-answer-lost', 1, false],
];
const refusals: [Exclude<Place, 'socket'>, FaultKind, number, string][] = [
  ['event', 'request-refused', 503, 'Service Unavailable'],
  ['item-write', 'write-throttled', 400, 'ProvisionedThroughputExceededException'],
  ['item-write', 'write-failed', 500, 'InternalServerError'],
  ['item-write', 'write-denied', 400, 'AccessDeniedException'],
  ['item-read', 'read-throttled', 400, 'ThrottlingException'],
  ['item-read', 'read-failed', 500, 'InternalServerError'],
  ['items-read', 'read-denied', 400, 'AccessDeniedException'],
  ['record-put', 'put-throttled', 400, 'ProvisionedThroughputExceededException'],
  ['record-put', 'put-failed', 500, 'InternalFailure'],
  ['record-read', 'stream-throttled', 400, 'ProvisionedThroughputExceededException'],
  ['record-read', 'stream-failed', 500, 'InternalFailure'],
  ['object-write', 'object-refused', 503, 'SlowDown'],
  ['push', 'push-throttled', 429, 'LimitExceededException'],
];
/** Whether the write is done although its function is dead. */
const killings: [Exclude<Place, 'socket'>, FaultKind, number][] = [
  ['item-write', 'killed-before-write', 0],
  ['item-write', 'killed-after-write', 1],
  ['item-write', 'killed-and-written-late', 1],
  ['items-read', 'killed-at-read', 0],
  ['record-put', 'killed-before-put', 0],
  ['record-put', 'killed-after-put', 1],
  ['object-write', 'killed-before-object', 0],
  ['object-write', 'killed-after-object', 1],
];

describe('a gate', () => {
  it('passes everything on while nothing is to break', async () => {
    const { strike } = await open(null);
    for (const place of Object.keys(calls) as (keyof typeof calls)[])
      expect(await send(place)).toMatchObject({ status: 200 });
    expect(served).toEqual(Object.values(calls).map(({ body }) => body));
    expect(strike).not.toHaveBeenCalled();
  });

  it.each(courses)('%s: %s', async (place, kind, times, isAnswered) => {
    const { strike } = await open(kind);
    expect(await send(place)).toEqual(isAnswered ? { status: 200, text: 'done' } : 'cut off');
    await expectServed(times);
    expect(strike.mock.calls).toEqual([[kind]]);
  });

  it.each(refusals)('%s: %s', async (place, kind, status, type) => {
    const { strike } = await open(kind);
    expect(await send(place)).toEqual({ status, text: expect.stringContaining(type) });
    expect(served).toEqual([]);
    expect(strike.mock.calls).toEqual([[kind]]);
  });

  it.each(killings)('%s: %s', async (place, kind, times) => {
    const { strike, kill } = await open(kind);
    expect(await send(place)).toBe('cut off');
    await expectServed(times);
    expect(kill.mock.calls).toEqual([[place === 'object-write' ? 'archive-1' : 'process-3']]);
    expect(strike.mock.calls).toEqual([[kind]]);
  });

  it('counts no killing of what is dead already, or is no function', async () => {
    const { strike } = await open('killed-before-write', { kill: async () => false });
    expect(await send('item-write')).toMatchObject({ status: 200 });
    expect(await send('event')).toMatchObject({ status: 200 });
    expect(strike).not.toHaveBeenCalled();
  });

  it('lets the stream take some records of a PutRecords, and says of the others that they failed', async () => {
    await open('puts-failed-partly');
    const { text } = (await send('records-put')) as { text: string };
    const failed = { ErrorCode: 'ProvisionedThroughputExceededException', ErrorMessage: expect.any(String) };
    expect(JSON.parse(text)).toEqual({ FailedRecordCount: 2, Records: [{ SequenceNumber: '1' }, failed, failed] });
    expect(served.map((body) => JSON.parse(body))).toEqual([{ StreamName: 's', Records: [1] }]);
  });

  it('leaves keys of a BatchGetItem unprocessed', async () => {
    await open('read-unprocessed');
    const { text } = (await send('items-read')) as { text: string };
    expect(JSON.parse(text)).toMatchObject({ UnprocessedKeys: { t: { Keys: [2], ConsistentRead: true } } });
    expect(served.map((body) => JSON.parse(body))).toEqual([
      { RequestItems: { t: { Keys: [1, 3], ConsistentRead: true } } },
    ]);
  });

  it('cuts off whoever comes while the service is away', async () => {
    await open(null);
    gate?.lead(null);
    expect(await send('event')).toBe('cut off');
  });

  it('passes a WebSocket on, and cuts it when its time has come', async () => {
    for (const kind of ['socket-cut', null] as const) {
      const { strike } = await open(kind);
      const sockets = new WebSocketServer({ server: service as Server });
      sockets.on('connection', (socket) => socket.on('message', (data) => socket.send(`${data} yourself`)));
      const socket = new WebSocket(`${gate?.url.replace('http', 'ws')}/socket`);
      const heard: string[] = [];
      socket.on('open', () => socket.send('hello'));
      socket.on('message', (data) => {
        heard.push(String(data));
        if (kind === null) socket.close();
      });
      socket.on('error', () => undefined);
      await new Promise((resolve) => socket.on('close', resolve));
      expect(strike.mock.calls).toEqual(kind ? [[kind]] : []);
      if (kind === null) expect(heard).toEqual(['hello yourself']);
      sockets.close();
      await close();
    }
  });

  it('is tested with every kind there is', () => {
    const tested = [...courses, ...refusals, ...killings].map(([, kind]) => kind);
    const alone: FaultKind[] = ['puts-failed-partly', 'read-unprocessed', 'socket-cut'];
    const all = Object.values(places).flatMap(({ kinds }): readonly FaultKind[] => kinds);
    expect(new Set([...tested, ...alone])).toEqual(new Set(all));
  });
});
