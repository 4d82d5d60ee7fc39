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
    if (!match) return refuse(response, 404, 'Not Found', allowed);
    const now = Date.now();
    if (!api.admit(match.route.key, now)) return refuse(response, 429, 'Too Many Requests', allowed);
    const body = await readBody(request, bodyBytesMax);
    if (!body) return refuse(response, 413, 'Request Entity Too Large', { ...allowed, connection: 'close' });
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
    answer(response, outcome, cors, allowed);
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

function answer(response: ServerResponse, outcome: Outcome | null, cors: Cors, allowed: Headers): void {
  if (outcome === null || outcome.kind === 'throttled') return refuse(response, 503, 'Service Unavailable', allowed);
  if (outcome.kind === 'error') return refuse(response, 500, 'Internal Server Error', allowed);
  const made = readAnswer(outcome.payload);
  if (!made) return refuse(response, 500, 'Internal Server Error', allowed);
  const headers: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(made.headers)) {
    const lower = name.toLowerCase();
    if (!cors.configured || !lower.startsWith('access-control-')) headers[lower] = value;
  }
  if (made.cookies.length > 0) headers['set-cookie'] = made.cookies;
  response.writeHead(made.statusCode, { ...headers, ...allowed, 'content-length': made.body.length });
  response.end(made.body);
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

function refuse(response: ServerResponse, status: number, message: string, headers: Headers): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify({ message }));
}
