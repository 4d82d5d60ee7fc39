import { afterEach, describe, expect, it, vi } from 'vitest';
import type { ApiDescription } from '../../../localstack/embedded/api-template.ts';
import { Fields } from '../../../localstack/embedded/fields.ts';
import { httpApi } from '../../../localstack/embedded/http-api.ts';
import type { Value } from '../../../localstack/embedded/intrinsics.ts';
import type { Outcome } from '../../../localstack/embedded/lambda-instance.ts';
import { TokenBucket } from '../../../localstack/embedded/token-bucket.ts';
import { closeServers, serve } from './servers.ts';

afterEach(closeServers);

interface HttpEvent {
  routeKey: string;
  rawPath: string;
  rawQueryString: string;
  headers: Record<string, string>;
  queryStringParameters?: Record<string, string>;
  pathParameters?: Record<string, string>;
  requestContext: { http: { method: string; sourceIp: string; userAgent: string } };
  body?: string;
  isBase64Encoded: boolean;
}

interface Given {
  routes?: Record<string, string>;
  cors?: Value;
  answer?: () => Outcome | Promise<Outcome>;
  admit?: ApiDescription['admit'];
  integrationMs?: number;
}

async function apiWith({ routes = { 'POST /v1/events': 'ingest' }, cors = null, ...given }: Given) {
  const events: { fn: string; event: HttpEvent }[] = [];
  const api: ApiDescription = {
    id: 'http',
    stage: '$default',
    properties: new Fields('Api', { CorsConfiguration: cors }),
    routes: new Map(Object.entries(routes)),
    admit: given.admit ?? (() => true),
  };
  const lambda = {
    async invoke(fn: string, payload: string): Promise<Outcome> {
      events.push({ fn, event: JSON.parse(payload) });
      return given.answer?.() ?? { kind: 'value', payload: '{"statusCode":202,"body":"{}"}' };
    },
  };
  const origin = await serve(httpApi(api, lambda, given.integrationMs ? { integrationMs: given.integrationMs } : {}));
  return { origin, events };
}

describe('routing', () => {
  const routes = {
    'GET /v1/sites/{site}/live': 'live',
    'GET /v1/sites/{site}/{what}': 'query',
    'ANY /v1/{proxy+}': 'rest',
  };

  it.each([
    ['GET', '/v1/sites/demo/live', 'live', { site: 'demo' }],
    ['GET', '/v1/sites/demo/pages', 'query', { site: 'demo', what: 'pages' }],
    ['POST', '/v1/sites/demo/live', 'rest', { proxy: 'sites/demo/live' }],
    ['GET', '/v1/a/b/c/d/e', 'rest', { proxy: 'a/b/c/d/e' }],
  ])('%s %s goes to %s', async (method, path, fn, parameters) => {
    const { origin, events } = await apiWith({ routes });
    await fetch(origin + path, { method });
    expect(events[0]).toMatchObject({ fn, event: { pathParameters: parameters, rawPath: path } });
  });

  it('answers 404 for what no route is for, without running a function', async () => {
    const { origin, events } = await apiWith({});
    const response = await fetch(`${origin}/v1/events`);
    expect([response.status, await response.json()]).toEqual([404, { message: 'Not Found' }]);
    expect(events).toEqual([]);
  });
});

describe('the event', () => {
  it('has payload format 2.0 with the real source address', async () => {
    const { origin, events } = await apiWith({ routes: { 'POST /v1/events': 'ingest' } });
    await fetch(`${origin}/v1/events?a=1&a=2&b=%C3%A9`, {
      method: 'POST',
      body: '{"é":1}',
      headers: { 'content-type': 'text/plain', 'user-agent': 'tester', 'X-Mixed': 'Case' },
    });
    expect(events[0]?.event).toMatchObject({
      routeKey: 'POST /v1/events',
      rawQueryString: 'a=1&a=2&b=%C3%A9',
      queryStringParameters: { a: '1,2', b: 'é' },
      headers: { 'x-mixed': 'Case', 'user-agent': 'tester' },
      requestContext: { http: { method: 'POST', sourceIp: '127.0.0.1', userAgent: 'tester' } },
      body: '{"é":1}',
      isBase64Encoded: false,
    });
  });

  it('carries bytes that are no text in base64', async () => {
    const { origin, events } = await apiWith({});
    const body = new Uint8Array([0, 255, 128]);
    await fetch(`${origin}/v1/events`, { method: 'POST', body, headers: { 'content-type': 'image/png' } });
    expect(events[0]?.event).toMatchObject({ body: Buffer.from(body).toString('base64'), isBase64Encoded: true });
  });
});

describe('the answer', () => {
  it('is what the function says, bytes included', async () => {
    const body = Buffer.from([1, 2, 254]).toString('base64');
    const payload = JSON.stringify({
      statusCode: 201,
      headers: { 'Content-Type': 'image/jpeg', 'X-Own': 'yes' },
      cookies: ['a=1', 'b=2'],
      body,
      isBase64Encoded: true,
    });
    const { origin } = await apiWith({ answer: () => ({ kind: 'value', payload }) });
    const response = await fetch(`${origin}/v1/events`, { method: 'POST' });
    expect(response.status).toBe(201);
    expect(response.headers.get('content-type')).toBe('image/jpeg');
    expect(response.headers.get('x-own')).toBe('yes');
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
    expect([...new Uint8Array(await response.arrayBuffer())]).toEqual([1, 2, 254]);
  });

  it.each<[string, Outcome, number, string]>([
    ['a function that fails', { kind: 'error', payload: '{}' }, 500, 'Internal Server Error'],
    ['an answer without sense', { kind: 'value', payload: '{"statusCode":"never"}' }, 500, 'Internal Server Error'],
    ['a throttled function', { kind: 'throttled' }, 503, 'Service Unavailable'],
  ])('for %s is an error of API Gateway', async (_what, outcome, status, message) => {
    const { origin } = await apiWith({ answer: () => outcome });
    const response = await fetch(`${origin}/v1/events`, { method: 'POST' });
    expect([response.status, await response.json()]).toEqual([status, { message }]);
  });

  it('is 503 when the function takes longer than the integration may', async () => {
    const { origin } = await apiWith({ answer: () => new Promise<Outcome>(() => {}), integrationMs: 20 });
    expect((await fetch(`${origin}/v1/events`, { method: 'POST' })).status).toBe(503);
  });

  it('is 413 for a body over 10 MB, without running a function', async () => {
    const { origin, events } = await apiWith({});
    const response = await fetch(`${origin}/v1/events`, { method: 'POST', body: 'x'.repeat(10 * 1024 * 1024 + 1) });
    expect(response.status).toBe(413);
    expect(events).toEqual([]);
  });
});

describe('throttling', () => {
  it('answers 429 beyond the burst', async () => {
    const bucket = new TokenBucket(0.001, 2, Date.now());
    const { origin, events } = await apiWith({ admit: (_key, now) => bucket.take(now) });
    const statuses = [];
    for (let n = 0; n < 3; n++) statuses.push((await fetch(`${origin}/v1/events`, { method: 'POST' })).status);
    expect(statuses).toEqual([202, 202, 429]);
    expect(events).toHaveLength(2);
  });

  it('lets the rate through as time goes on, and never more than the burst', () => {
    const bucket = new TokenBucket(10, 3, 0);
    expect([0, 0, 0, 0].map((now) => bucket.take(now))).toEqual([true, true, true, false]);
    expect([50, 100, 100].map((now) => bucket.take(now))).toEqual([false, true, false]);
    expect([60_000, 60_000, 60_000, 60_000].map((now) => bucket.take(now))).toEqual([true, true, true, false]);
  });
});

describe('CORS, as the API is configured', () => {
  const cors = { AllowOrigins: ['*'], AllowMethods: ['POST'], AllowHeaders: ['content-type'], MaxAge: 86400 };
  const preflight = { origin: 'https://shop.example', 'access-control-request-method': 'POST' };

  it('answers a preflight by itself', async () => {
    const { origin, events } = await apiWith({ cors });
    const response = await fetch(`${origin}/v1/events`, { method: 'OPTIONS', headers: preflight });
    expect(response.status).toBe(204);
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(response.headers.get('access-control-allow-methods')).toBe('POST');
    expect(response.headers.get('access-control-allow-headers')).toBe('content-type');
    expect(response.headers.get('access-control-max-age')).toBe('86400');
    expect(events).toEqual([]);
  });

  it('gives a foreign origin nothing when origins are listed', async () => {
    const { origin } = await apiWith({ cors: { ...cors, AllowOrigins: ['https://own.example'] } });
    const response = await fetch(`${origin}/v1/events`, { method: 'OPTIONS', headers: preflight });
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
  });

  it('replaces what the function says of it, also on refusals', async () => {
    const payload = '{"statusCode":200,"headers":{"Access-Control-Allow-Origin":"https://other.example"}}';
    const { origin } = await apiWith({ cors, answer: () => ({ kind: 'value', payload }) });
    const headers = { origin: 'https://shop.example' };
    const answered = await fetch(`${origin}/v1/events`, { method: 'POST', headers });
    const refused = await fetch(`${origin}/nowhere`, { headers });
    expect(answered.headers.get('access-control-allow-origin')).toBe('*');
    expect(refused.headers.get('access-control-allow-origin')).toBe('*');
  });

  it('leaves the function alone where the API has no configuration', async () => {
    const payload = '{"statusCode":200,"headers":{"access-control-allow-origin":"https://own.example"}}';
    const answer = vi.fn((): Outcome => ({ kind: 'value', payload }));
    const { origin } = await apiWith({ routes: { 'ANY /v1/{proxy+}': 'f' }, answer });
    const response = await fetch(`${origin}/v1/events`, { method: 'OPTIONS', headers: preflight });
    expect(response.headers.get('access-control-allow-origin')).toBe('https://own.example');
    expect(answer).toHaveBeenCalledOnce();
  });
});
