import type { IncomingMessage } from 'node:http';
import { sourceAddress, splitTarget } from './http-event.ts';

export interface SocketFacts {
  connectionId: string;
  connectedAt: number;
  apiId: string;
  stage: string;
  domainName: string;
  sourceIp: string;
  userAgent: string;
}

type Kind = 'CONNECT' | 'MESSAGE' | 'DISCONNECT';

/**
 * The events of a WebSocket API:
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-mapping-template-reference.html
 */
function contextOf(facts: SocketFacts, kind: Kind, routeKey: string, requestId: string, now: number) {
  return {
    routeKey,
    eventType: kind,
    ...(kind === 'MESSAGE' ? { messageId: requestId } : {}),
    extendedRequestId: requestId,
    requestTime: new Date(now).toUTCString(),
    messageDirection: 'IN',
    stage: facts.stage,
    connectedAt: facts.connectedAt,
    requestTimeEpoch: now,
    identity: { sourceIp: facts.sourceIp, userAgent: facts.userAgent },
    requestId,
    domainName: facts.domainName,
    connectionId: facts.connectionId,
    apiId: facts.apiId,
  };
}

export function connectEvent(facts: SocketFacts, request: IncomingMessage, requestId: string, now: number): object {
  const parameters = new URLSearchParams(splitTarget(request.url ?? '/').query);
  const headers: Record<string, string> = {};
  const multiValueHeaders: Record<string, string[]> = {};
  for (const [name, values] of Object.entries(request.headersDistinct)) {
    if (!values) continue;
    multiValueHeaders[name] = values;
    headers[name] = values.at(-1) ?? '';
  }
  return {
    headers,
    multiValueHeaders,
    ...(parameters.size > 0
      ? {
          queryStringParameters: Object.fromEntries(parameters),
          multiValueQueryStringParameters: Object.fromEntries(
            [...new Set(parameters.keys())].map((name) => [name, parameters.getAll(name)]),
          ),
        }
      : {}),
    requestContext: contextOf(facts, 'CONNECT', '$connect', requestId, now),
    isBase64Encoded: false,
  };
}

export function messageEvent(
  facts: SocketFacts,
  routeKey: string,
  body: string,
  requestId: string,
  now: number,
): object {
  return { requestContext: contextOf(facts, 'MESSAGE', routeKey, requestId, now), body, isBase64Encoded: false };
}

export function disconnectEvent(
  facts: SocketFacts,
  code: number,
  reason: string,
  requestId: string,
  now: number,
): object {
  const context = contextOf(facts, 'DISCONNECT', '$disconnect', requestId, now);
  return {
    headers: { Host: facts.domainName, 'x-api-key': '', 'X-Forwarded-For': '', 'x-restapi': '' },
    requestContext: { ...context, disconnectStatusCode: code, disconnectReason: reason },
    isBase64Encoded: false,
  };
}

export function socketFacts(request: IncomingMessage, connectionId: string, apiId: string, stage: string): SocketFacts {
  return {
    connectionId,
    connectedAt: Date.now(),
    apiId,
    stage,
    domainName: request.headers.host ?? 'localhost',
    sourceIp: sourceAddress(request),
    userAgent: request.headers['user-agent'] ?? '',
  };
}
