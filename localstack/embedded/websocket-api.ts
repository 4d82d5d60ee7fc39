import { randomBytes, randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { ApiDescription } from './api-template.ts';
import { readBody } from './body.ts';
import type { Lambda } from './lambda.ts';
import { connectEvent, disconnectEvent, messageEvent, type SocketFacts, socketFacts } from './websocket-event.ts';

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-execution-service-websocket-limits-table.html */
const messageBytesMax = 128 * 1024;
const limits = { idleMs: 10 * 60_000, lifeMs: 2 * 60 * 60_000 };

export interface WebSocketApi {
  /** An upgrade request: `$connect` decides. */
  connect(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void>;
  /** `POST`, `GET` and `DELETE` of one connection: https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-how-to-call-websocket-api-connections.html */
  manage(request: IncomingMessage, response: ServerResponse, connectionId: string): Promise<void>;
  /** Closes all connections and lets `$disconnect` run for them. */
  close(): Promise<void>;
}

interface Open {
  facts: SocketFacts;
  socket: WebSocket;
  lastActiveAt: number;
}

export function webSocketApi(
  api: ApiDescription,
  lambda: Pick<Lambda, 'invoke'>,
  { idleMs, lifeMs } = limits,
): WebSocketApi {
  const server = new WebSocketServer({ noServer: true, maxPayload: messageBytesMax });
  const open = new Map<string, Open>();
  const leaving = new Set<Promise<unknown>>();

  async function invoke(routeKey: string, event: (requestId: string) => object) {
    const requestId = randomUUID();
    const fn = api.routes.get(routeKey);
    const outcome = fn ? await lambda.invoke(fn, JSON.stringify(event(requestId))) : undefined;
    return { outcome, requestId };
  }

  function opened(socket: WebSocket, facts: SocketFacts): void {
    const connection: Open = { facts, socket, lastActiveAt: Date.now() };
    open.set(facts.connectionId, connection);
    socket.on('message', (data) => {
      connection.lastActiveAt = Date.now();
      void received(connection, data.toString());
    });
    socket.on('error', (error) => console.error(`WebSocket connection: ${error.message}`));
    socket.on('close', (code, reason) => {
      open.delete(facts.connectionId);
      const event = (id: string) => disconnectEvent(facts, code, reason.toString(), id, Date.now());
      const left = invoke('$disconnect', event).finally(() => leaving.delete(left));
      leaving.add(left);
    });
  }

  /** Messages of one connection are handled side by side: API Gateway promises no order either. */
  async function received({ facts, socket }: Open, body: string): Promise<void> {
    const routeKey = routeOf(api, body);
    const { outcome, requestId } = await invoke(routeKey, (id) => messageEvent(facts, routeKey, body, id, Date.now()));
    if (outcome?.kind === 'value') return;
    const { connectionId } = facts;
    socket.send(JSON.stringify({ message: 'Internal server error', connectionId, requestId }));
  }

  const sweeping = setInterval(
    () => {
      const now = Date.now();
      for (const { socket, facts, lastActiveAt } of open.values()) {
        if (now - lastActiveAt >= idleMs) socket.close(1001, 'Idle connection timeout');
        else if (now - facts.connectedAt >= lifeMs) socket.close(1001, 'Connection duration limit');
      }
    },
    Math.min(10_000, idleMs),
  ).unref();

  return {
    async connect(request, socket, head) {
      const facts = socketFacts(request, newConnectionId(), api.id, api.stage);
      socket.on('error', () => socket.destroy());
      const now = Date.now();
      if (!api.admit('$connect', now)) return refuse(socket, 429);
      const { outcome } = await invoke('$connect', (id) => connectEvent(facts, request, id, now));
      const status = outcome?.kind === 'value' ? statusOf(outcome.payload) : outcome ? 500 : 200;
      if (status < 200 || status >= 300) return refuse(socket, status);
      if (!socket.destroyed) server.handleUpgrade(request, socket, head, (accepted) => opened(accepted, facts));
    },
    manage: (request, response, connectionId) => manage(request, response, open.get(connectionId)),
    async close() {
      clearInterval(sweeping);
      const closed = [...open.values()].map(
        ({ socket }) => new Promise((resolve) => socket.once('close', resolve).close(1001, 'Going away')),
      );
      const forced = setTimeout(() => {
        for (const { socket } of open.values()) socket.terminate();
      }, 500);
      await Promise.all(closed);
      clearTimeout(forced);
      await Promise.all(leaving);
      server.close();
    },
  };
}

async function manage(request: IncomingMessage, response: ServerResponse, connection: Open | undefined): Promise<void> {
  const body = await readBody(request, messageBytesMax);
  // A connection whose `$connect` has not been answered yet is gone, too, for whoever posts to it.
  if (connection?.socket.readyState !== 1) return answer(response, 410, { message: null }, 'GoneException');
  if (!body) return answer(response, 413, { message: 'Payload too large' }, 'PayloadTooLargeException');
  const { socket, facts } = connection;
  if (request.method === 'POST') {
    connection.lastActiveAt = Date.now();
    socket.send(body.toString('utf8'));
    return answer(response, 200);
  }
  if (request.method === 'DELETE') {
    socket.close(1000, 'Connection Closed Normally');
    return answer(response, 204);
  }
  if (request.method !== 'GET') return answer(response, 403, { message: 'Forbidden' }, 'ForbiddenException');
  answer(response, 200, {
    connectedAt: new Date(facts.connectedAt).toISOString(),
    identity: { sourceIp: facts.sourceIp, userAgent: facts.userAgent },
    lastActiveAt: new Date(connection.lastActiveAt).toISOString(),
  });
}

function answer(response: ServerResponse, status: number, body?: object, error?: string): void {
  response.writeHead(status, { 'content-type': 'application/json', ...(error ? { 'x-amzn-errortype': error } : {}) });
  response.end(body ? JSON.stringify(body) : undefined);
}

/** `$request.body.NAME` picks the route whose key the message names; anything else goes to `$default`. */
function routeOf(api: ApiDescription, body: string): string {
  const field = /^\$request\.body\.(\w+)$/.exec(api.properties.text('RouteSelectionExpression', ''))?.[1];
  if (!field) return '$default';
  try {
    const message = JSON.parse(body) as Record<string, unknown> | null;
    const key = message?.[field];
    return typeof key === 'string' && !key.startsWith('$') && api.routes.has(key) ? key : '$default';
  } catch {
    return '$default';
  }
}

function statusOf(payload: string): number {
  const value = JSON.parse(payload) as { statusCode?: unknown } | null;
  const status = Number(value?.statusCode);
  return Number.isInteger(status) && status >= 100 && status < 600 ? status : 500;
}

function refuse(socket: Duplex, status: number): void {
  const body = JSON.stringify({
    message: status === 429 ? 'Too Many Requests' : status < 500 ? 'Forbidden' : 'Internal server error',
  });
  socket.end(
    `HTTP/1.1 ${status} Refused\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`,
  );
}

/** Such as `L0SM9cOFvHcCIhw=`: the `=` is there to be encoded in a path, as AWS's is. */
function newConnectionId(): string {
  return `${randomBytes(11).toString('base64url')}=`;
}
