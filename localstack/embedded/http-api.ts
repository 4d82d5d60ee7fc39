import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ApiDescription } from './api-template.ts';
import { readBody } from './body.ts';
import { type Cors, corsOf, type Headers } from './http-cors.ts';
import { httpEvent, splitTarget } from './http-event.ts';
import { type HttpRoute, matchRoute } from './http-routes.ts';
import type { Lambda } from './lambda.ts';
import type { Outcome } from './lambda-instance.ts';

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html */
const bodyBytesMax = 10 * 1024 * 1024;
const integrationMsMax = 30_000;

export type HttpApi = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

export interface HttpApiOptions {
  /** An integration's time limit, ms. */
  integrationMs?: number;
}

/** The HTTP API of the template: its routes, CORS, throttling and limits in front of the functions. */
export function httpApi(
  api: ApiDescription,
  lambda: Pick<Lambda, 'invoke'>,
  { integrationMs = integrationMsMax }: HttpApiOptions = {},
): HttpApi {
  const routes: HttpRoute[] = [...api.routes].map(([key, fn]) => ({ key, fn }));
  const cors = corsOf(api.properties.fields('CorsConfiguration'));
  return async (request, response) => {
    const asked = request.headers as Headers;
    const allowed = cors.onAnswer(asked);
    const preflight = cors.preflight(request.method ?? '', asked);
    if (preflight) {
      response.writeHead(204, preflight).end();
      return;
    }
    const { path } = splitTarget(request.url ?? '/');
    const match = matchRoute(routes, request.method ?? '', path);
    const refuse = (status: number, message: string, headers: Headers) =>
      answer(response, ownAnswer(status, message), cors, headers);
    if (!match) return refuse(404, 'Not Found', allowed);
    const now = Date.now();
    if (!api.admit(match.route.key, now)) return refuse(429, 'Too Many Requests', allowed);
    const body = await readBody(request, bodyBytesMax);
    if (!body) return refuse(413, 'Request Entity Too Large', { ...allowed, connection: 'close' });
    const event = httpEvent({
      request,
      body,
      requestId: randomUUID(),
      apiId: api.id,
      stage: api.stage,
      routeKey: match.route.key,
      pathParameters: match.parameters,
      now,
    });
    const outcome = await within(lambda.invoke(match.route.fn, JSON.stringify(event)), integrationMs);
    answer(response, answerOf(outcome), cors, allowed);
  };
}

/** Null when it took too long; the function runs on, as it does on AWS. */
async function within(outcome: Promise<Outcome>, ms: number): Promise<Outcome | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), ms);
  });
  const first = await Promise.race([outcome, late]);
  clearTimeout(timer);
  return first;
}

function answer(response: ServerResponse, made: FunctionAnswer, cors: Cors, allowed: Headers): void {
  const headers: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(made.headers)) {
    const lower = name.toLowerCase();
    if (!cors.configured || !lower.startsWith('access-control-')) headers[lower] = value;
  }
  if (made.cookies.length > 0) headers['set-cookie'] = made.cookies;
  response.writeHead(made.statusCode, { ...headers, ...allowed, 'content-length': made.body.length });
  response.end(made.body);
}

function answerOf(outcome: Outcome | null): FunctionAnswer {
  if (outcome === null || outcome.kind === 'throttled') return ownAnswer(503, 'Service Unavailable');
  const answer = outcome.kind === 'error' ? null : readAnswer(outcome.payload);
  return answer ?? ownAnswer(500, 'Internal Server Error');
}

/** What API Gateway says by itself. */
function ownAnswer(statusCode: number, message: string): FunctionAnswer {
  const body = Buffer.from(JSON.stringify({ message }));
  return { statusCode, headers: { 'content-type': 'application/json' }, cookies: [], body };
}

interface FunctionAnswer {
  statusCode: number;
  headers: Record<string, string>;
  cookies: string[];
  body: Buffer;
}

/** With a `statusCode` the answer is taken as it is; without, API Gateway makes a 200 of whatever was returned. */
function readAnswer(payload: string): FunctionAnswer | null {
  const value = JSON.parse(payload) as Record<string, unknown> | null | string | number;
  if (value === null || typeof value !== 'object' || !('statusCode' in value)) {
    const body = Buffer.from(typeof value === 'string' ? value : payload);
    return { statusCode: 200, headers: { 'content-type': 'application/json' }, cookies: [], body };
  }
  const statusCode = Number(value.statusCode);
  if (!Number.isInteger(statusCode) || statusCode < 200 || statusCode > 599) return null;
  const given = (value.headers ?? {}) as Record<string, unknown>;
  const headers = Object.fromEntries(Object.entries(given).map(([name, text]) => [name, String(text)]));
  const named = Object.keys(headers).some((name) => name.toLowerCase() === 'content-type');
  return {
    statusCode,
    headers: named ? headers : { ...headers, 'content-type': 'text/plain;charset=UTF-8' },
    cookies: Array.isArray(value.cookies) ? value.cookies.map(String) : [],
    body: Buffer.from(String(value.body ?? ''), value.isBase64Encoded === true ? 'base64' : 'utf8'),
  };
}
