import { once } from 'node:events';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import type { ApiDescription } from '../../../localstack/embedded/api-template.ts';
import { Fields } from '../../../localstack/embedded/fields.ts';
import type { Outcome } from '../../../localstack/embedded/lambda-instance.ts';
import { type WebSocketApi, webSocketApi } from '../../../localstack/embedded/websocket-api.ts';
import { closeServers, serve } from './servers.ts';

interface SocketEvent {
  queryStringParameters?: Record<string, string>;
  body?: string;
  requestContext: {
    routeKey: string;
    eventType: string;
    connectionId: string;
    identity: { sourceIp: string; userAgent: string };
    disconnectStatusCode?: number;
  };
}
const ok: Outcome = { kind: 'value', payload: '{"statusCode":200}' };

const apis: WebSocketApi[] = [];
afterEach(async () => {
  await Promise.all(apis.splice(0).map((api) => api.close()));
  await closeServers();
});

type Answer = (event: SocketEvent) => Outcome | Promise<Outcome>;

async function socketApi(answer: Answer = () => ok, limits?: { idleMs: number; lifeMs: number }) {
  const events: SocketEvent[] = [];
  const description: ApiDescription = {
    id: 'live',
    stage: 'live',
    properties: new Fields('Api', { RouteSelectionExpression: '$request.body.op' }),
    routes: new Map(['$connect', '$disconnect', '$default', 'named'].map((key) => [key, 'socket'])),
    admit: () => true,
  };
  const lambda = {
    async invoke(_fn: string, payload: string): Promise<Outcome> {
      const event = JSON.parse(payload) as SocketEvent;
      events.push(event);
      return answer(event);
    },
  };
  const api = webSocketApi(description, lambda, limits);
  apis.push(api);
  const connections = (path = '') => path.replace('/@connections/', '');
  const origin = await serve(
    (request, response) => api.manage(request, response, decodeURIComponent(connections(request.url))),
    (request, socket, head) => api.connect(request, socket, head),
  );
  const to = (id: string) => `${origin}/@connections/${encodeURIComponent(id)}`;
  return { api, events, to, url: `${origin.replace('http', 'ws')}/socket` };
}

async function opened(url: string): Promise<WebSocket> {
  const socket = new WebSocket(url);
  await once(socket, 'open');
  return socket;
}
const idOf = (events: SocketEvent[]) => events[0]?.requestContext.connectionId ?? '';

describe('opening', () => {
  it('asks $connect, with the query and who it is', async () => {
    const { url, events } = await socketApi();
    await opened(`${url}?ticket=abc`);
    expect(events[0]).toMatchObject({
      queryStringParameters: { ticket: 'abc' },
      requestContext: { routeKey: '$connect', eventType: 'CONNECT', identity: { sourceIp: '127.0.0.1' } },
    });
  });

  it.each<[string, Outcome, number]>([
    ['with the status that $connect answers', { kind: 'value', payload: '{"statusCode":403}' }, 403],
    ['with 500 when it fails', { kind: 'error', payload: '{}' }, 500],
  ])('is refused %s', async (_how, outcome, status) => {
    const { url, events } = await socketApi(() => outcome);
    const socket = new WebSocket(url);
    socket.on('error', () => {});
    const [, response] = await once(socket, 'unexpected-response');
    expect(response.statusCode).toBe(status);
    expect(events).toHaveLength(1);
    socket.terminate();
  });
});

describe('talking', () => {
  it('passes messages to the route that they name, or to $default', async () => {
    const { url, events } = await socketApi();
    const socket = await opened(url);
    for (const message of ['{"op":"named"}', '{"op":"watch"}', '{"op":"$connect"}', 'no json']) socket.send(message);
    await vi.waitFor(() => expect(events).toHaveLength(5));
    const routes = events.slice(1).map(({ requestContext, body }) => [body, requestContext.routeKey]);
    expect(Object.fromEntries(routes)).toEqual({
      '{"op":"named"}': 'named',
      '{"op":"watch"}': '$default',
      '{"op":"$connect"}': '$default',
      'no json': '$default',
    });
  });

  it('tells the sender when the function fails', async () => {
    const { url } = await socketApi(({ body }) => (body ? { kind: 'error', payload: '{}' } : ok));
    const socket = await opened(url);
    socket.send('hello');
    const [data] = await once(socket, 'message');
    expect(JSON.parse(String(data))).toMatchObject({ message: 'Internal server error' });
  });

  // apigateway-execution-service-websocket-limits-table: message payload size 128 KB.
  it('closes with 1009 on a message over 128 KB', async () => {
    const { url } = await socketApi();
    const socket = await opened(url);
    socket.send('x'.repeat(128 * 1024 + 1));
    expect((await once(socket, 'close'))[0]).toBe(1009);
  });

  it('closes a connection that idles, or that is too old', async () => {
    for (const limits of [
      { idleMs: 30, lifeMs: 60_000 },
      { idleMs: 40, lifeMs: 1 },
    ]) {
      const { url } = await socketApi(() => ok, limits);
      const socket = await opened(url);
      expect((await once(socket, 'close'))[0]).toBe(1001);
    }
  });
});

describe('@connections', () => {
  it('posts to a connection', async () => {
    const { url, events, to } = await socketApi();
    const socket = await opened(url);
    const message = once(socket, 'message');
    const response = await fetch(to(idOf(events)), { method: 'POST', body: '{"é":1}' });
    expect(response.status).toBe(200);
    const [data, isBinary] = await message;
    expect([String(data), isBinary]).toEqual(['{"é":1}', false]);
  });

  it('describes and closes a connection', async () => {
    const { url, events, to } = await socketApi();
    const socket = await opened(url);
    const described = await (await fetch(to(idOf(events)))).json();
    expect(described).toMatchObject({ identity: { sourceIp: '127.0.0.1' } });
    const closed = once(socket, 'close');
    expect((await fetch(to(idOf(events)), { method: 'DELETE' })).status).toBe(204);
    await closed;
  });

  it.each(['POST', 'GET', 'DELETE'])('answers %s to a gone connection 410 GoneException', async (method) => {
    const { url, events, to } = await socketApi();
    const socket = await opened(url);
    socket.terminate();
    await vi.waitFor(() => expect(events).toHaveLength(2));
    const response = await fetch(to(idOf(events)), { method });
    expect([response.status, response.headers.get('x-amzn-errortype')]).toEqual([410, 'GoneException']);
  });

  it('holds a connection for gone until $connect has been answered', async () => {
    let status = 0;
    const { url } = await (async () => {
      const made = await socketApi(async ({ requestContext }) => {
        if (requestContext.routeKey === '$connect')
          status = (await fetch(made.to(requestContext.connectionId), { method: 'POST', body: 'early' })).status;
        return ok;
      });
      return made;
    })();
    await opened(url);
    expect(status).toBe(410);
  });

  it('refuses a post over 128 KB', async () => {
    const { url, events, to } = await socketApi();
    await opened(url);
    const response = await fetch(to(idOf(events)), { method: 'POST', body: 'x'.repeat(128 * 1024 + 1) });
    expect(response.status).toBe(413);
  });
});

describe('leaving', () => {
  it('runs $disconnect with the reason', async () => {
    const { url, events } = await socketApi();
    const socket = await opened(url);
    socket.close(1000);
    await vi.waitFor(() => expect(events).toHaveLength(2));
    expect(events[1]?.requestContext).toMatchObject({
      routeKey: '$disconnect',
      eventType: 'DISCONNECT',
      disconnectStatusCode: 1000,
      connectionId: idOf(events),
    });
  });

  it('runs $disconnect for those who are still there at the end', async () => {
    const { api, url, events } = await socketApi();
    const socket = await opened(url);
    const closed = once(socket, 'close');
    await api.close();
    await closed;
    expect(events.map(({ requestContext }) => requestContext.routeKey)).toEqual(['$connect', '$disconnect']);
  });
});
