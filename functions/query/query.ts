/** Finds the route, runs it, and puts its answer or its refusal into the gateway's form. */
import { log } from '../log.ts';
import { answerBytesMax, bytesInAnswer } from './answer-bytes.ts';
import { ApiError, quoted } from './api-error.ts';
import { corsHeaders, preflightHeaders } from './cors.ts';
import type { QueryPorts } from './query-ports.ts';
import { type Answer, type Call, matchPath, type Route } from './route.ts';

export interface QueryRequest extends Omit<Call, 'path'> {
  method: string;
  path: string;
}

export interface QueryResponse {
  statusCode: number;
  headers: Record<string, string>;
  body: string;
  isBase64Encoded: boolean;
}

/** What is answered is one key's business, of one moment, and never a page: it is not kept, and not sniffed for markup. */
const everyHeader = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' };

/**
 * Never throws: what goes wrong is logged, and answered 500 without its particulars. `epochNow`: asked once, so that one answer is
 * of one epoch.
 */
export async function answerQuery(
  request: QueryRequest,
  routes: readonly Route[],
  ports: Omit<QueryPorts, 'epoch'>,
  epochNow: () => Promise<string>,
): Promise<QueryResponse> {
  try {
    if (request.method === 'OPTIONS') return await answerPreflight(request, routes, ports);
    const { route, path } = findRoute(request, routes);
    const call = { ...request, path };
    const headers = await corsHeaders(route, call, ports);
    const portsNow = async () => ({ ...ports, epoch: await epochNow() });
    const response = await responseOfRoute(route, call, portsNow).catch((error) => failureOf(error, request, routes));
    return { ...response, headers: { ...response.headers, ...headers } };
  } catch (error) {
    return failureOf(error, request, routes);
  }
}

async function responseOfRoute(route: Route, call: Call, portsNow: () => Promise<QueryPorts>): Promise<QueryResponse> {
  return responseOf(await route.handle(call, await portsNow()));
}

function failureOf(error: unknown, { method, path }: QueryRequest, routes: readonly Route[]): QueryResponse {
  if (error instanceof ApiError) return refusalOf(error);
  // Not the path itself: a session's names its visitor, and a log forgets nobody.
  const route = routes.find((one) => matchPath(one.path, path))?.path;
  log.error('a query failed', error, { method, route });
  return refusalOf(new ApiError(500, 'internal', 'something failed on our side; it was logged'));
}

/** A browser asks before a page of another origin may. There is no more to see here than that. */
async function answerPreflight(
  request: QueryRequest,
  routes: readonly Route[],
  ports: Pick<QueryPorts, 'sites'>,
): Promise<QueryResponse> {
  const asked = routes.flatMap((route) => {
    const path = route.pagesOf && matchPath(route.path, request.path);
    return path ? [{ route, path }] : [];
  });
  const [first] = asked;
  if (!first) throw new ApiError(404, 'unknown-route', `pages of other origins ask nothing at ${quoted(request.path)}`);
  const headers = await corsHeaders(first.route, { ...request, path: first.path }, ports);
  const methods = asked.map(({ route }) => route.method);
  return {
    statusCode: 204,
    headers: { ...everyHeader, ...headers, ...preflightHeaders(methods) },
    body: '',
    isBase64Encoded: false,
  };
}

function findRoute(
  { method, path }: QueryRequest,
  routes: readonly Route[],
): { route: Route; path: Record<string, string> } {
  const others = new Set<string>();
  for (const route of routes) {
    const values = matchPath(route.path, path);
    if (values && route.method === method) return { route, path: values };
    if (values) others.add(route.method);
  }
  if (others.size > 0) {
    throw new ApiError(405, 'bad-method', `${quoted(path)} takes ${[...others].join(' or ')}, not ${quoted(method)}`);
  }
  throw new ApiError(404, 'unknown-route', `there is nothing at ${quoted(path)}: see /v1/openapi.json`);
}

function responseOf(answer: Answer): QueryResponse {
  const { status: statusCode } = answer;
  const headersOf = (type: string) => ({ ...everyHeader, 'content-type': type });
  if ('image' in answer) {
    const body = Buffer.from(answer.image).toString('base64');
    return { statusCode, headers: headersOf('image/jpeg'), body, isBase64Encoded: true };
  }
  if ('text' in answer) {
    const headers = { ...headersOf(answer.type), ...answer.headers };
    return { statusCode, headers, body: answer.text, isBase64Encoded: false };
  }
  const headers = headersOf('application/json; charset=utf-8');
  return { statusCode, headers, body: boundedBody(answer.json), isBase64Encoded: false };
}

/** @throws ApiError 400 `answer-too-large`: the gateway would answer a bare 500. */
function boundedBody(json: unknown): string {
  const body = JSON.stringify(json);
  const bytes = bytesInAnswer(body);
  if (bytes <= answerBytesMax) return body;
  const [found, most] = [bytes, answerBytesMax].map((size) => (size / 1e6).toFixed(1));
  const message = `the answer would have ${found} MB, at most ${most} are answered: ask for a shorter range, one device or fewer rows`;
  throw new ApiError(400, 'answer-too-large', message);
}

function refusalOf(error: ApiError): QueryResponse {
  const response = responseOf({ status: error.status, json: error.answer() });
  if (error.status === 401) response.headers['www-authenticate'] = 'Bearer';
  return response;
}
