import type { IncomingMessage } from 'node:http';
import { queryOf } from '../../functions/query/query-string.ts';
import { account } from './resource-identity.ts';

export interface HttpEventParts {
  request: IncomingMessage;
  body: Buffer;
  requestId: string;
  apiId: string;
  stage: string;
  routeKey: string;
  pathParameters: Record<string, string>;
  now: number;
}

/**
 * The event of payload format 2.0:
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export function httpEvent(parts: HttpEventParts): object {
  const { request, body, requestId, apiId, stage, routeKey, pathParameters, now } = parts;
  const { path, query } = splitTarget(request.url ?? '/');
  const sourceIp = sourceAddress(request);
  const { cookie, ...headers } = joinedHeaders(request);
  const domainName = headers.host ?? 'localhost';
  const isText = body.length === 0 || isTextual(headers['content-type'], headers['content-encoding']);
  const queryParameters = queryOf(query);
  return {
    version: '2.0',
    routeKey,
    rawPath: path,
    rawQueryString: query,
    ...(cookie ? { cookies: cookie.split('; ') } : {}),
    headers: { ...headers, 'x-forwarded-for': sourceIp, 'x-forwarded-port': '443', 'x-forwarded-proto': 'https' },
    ...(Object.keys(queryParameters).length > 0 ? { queryStringParameters: queryParameters } : {}),
    requestContext: {
      accountId: account,
      apiId,
      domainName,
      domainPrefix: domainName.split('.')[0],
      http: {
        method: request.method,
        path,
        protocol: `HTTP/${request.httpVersion}`,
        sourceIp,
        userAgent: headers['user-agent'] ?? '',
      },
      requestId,
      routeKey,
      stage,
      time: new Date(now).toUTCString(),
      timeEpoch: now,
    },
    ...(Object.keys(pathParameters).length > 0 ? { pathParameters } : {}),
    ...(body.length > 0 ? { body: body.toString(isText ? 'utf8' : 'base64') } : {}),
    isBase64Encoded: !isText,
  };
}

export function splitTarget(target: string): { path: string; query: string } {
  const [path = '/', ...query] = target.split('?');
  return { path, query: query.join('?') };
}

/** A browser may reach `localhost` over IPv4 or IPv6 from one request to the next: it is one viewer all the same. */
export function sourceAddress(request: IncomingMessage): string {
  const address = request.socket.remoteAddress ?? '127.0.0.1';
  if (address === '::1') return '127.0.0.1';
  return address.startsWith('::ffff:') ? address.slice('::ffff:'.length) : address;
}

/** Names in lower case, values of a repeated header joined by commas. */
function joinedHeaders(request: IncomingMessage): Record<string, string> {
  const joined: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) joined[name] = Array.isArray(value) ? value.join(',') : value;
  }
  return joined;
}

/** What API Gateway hands over as text; everything else, and whatever is compressed, comes in base64. */
function isTextual(contentType: string | undefined, contentEncoding: string | undefined): boolean {
  if (contentEncoding && contentEncoding !== 'identity') return false;
  return /^(text\/|application\/(json|javascript|xml|.*\+json))/i.test(contentType ?? 'text/plain');
}
