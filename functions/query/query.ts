/** Finds the route, runs it, and puts its answer or its refusal into the gateway's form. */
import { log } from '../log.ts';
import { ApiError, quoted } from './api-error.ts';
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
    const { route, path } = findRoute(request, routes);
    return responseOf(await route.handle({ ...request, path }, { ...ports, epoch: await epochNow() }));
  } catch (error) {
    if (error instanceof ApiError) return refusalOf(error);
    log.error('a query failed', error, { method: request.method, path: request.path });
    return refusalOf(new ApiError(500, 'internal', 'something failed on our side; it was logged'));
  }
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
  const isImage = 'image' in answer;
  return {
    statusCode: answer.status,
    headers: { ...everyHeader, 'content-type': isImage ? 'image/jpeg' : 'application/json; charset=utf-8' },
    body: isImage ? Buffer.from(answer.image).toString('base64') : JSON.stringify(answer.json),
    isBase64Encoded: isImage,
  };
}

function refusalOf(error: ApiError): QueryResponse {
  const response = responseOf({ status: error.status, json: error.answer() });
  if (error.status === 401) response.headers['www-authenticate'] = 'Bearer';
  return response;
}
