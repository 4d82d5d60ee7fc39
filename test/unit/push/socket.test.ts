import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { apiGatewaySocket } from '../../../functions/push/socket.api-gateway.ts';

/** Answers as its connection id says, and keeps what it was asked. */
let server: Server;
let endpoint: string;
const asked: { path: string; body: string }[] = [];

beforeAll(async () => {
  vi.stubEnv('AWS_REGION', 'us-east-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += chunk));
    request.on('end', () => {
      const path = request.url ?? '';
      asked.push({ path, body });
      const status = Number(/(\d{3})$/.exec(decodeURIComponent(path))?.[1] ?? 200);
      // As the stand-ins do it: without the name of the error.
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end('{}');
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}/_socket`;
});
afterAll(() => {
  vi.unstubAllEnvs();
  server.closeAllConnections();
  server.close();
});

describe('the socket of API Gateway', () => {
  it('posts the message to the connection under its endpoint', async () => {
    expect(await apiGatewaySocket(endpoint).post('abc=', '{"ü":1}')).toBe('sent');
    expect(asked.at(-1)).toEqual({ path: '/_socket/@connections/abc%3D', body: '{"ü":1}' });
  });

  it('knows a gone connection by its status', async () => {
    expect(await apiGatewaySocket(endpoint).post('c-410', 'x')).toBe('gone');
  });

  it('throws for any other refusal', async () => {
    await expect(apiGatewaySocket(endpoint).post('c-403', 'x')).rejects.toThrow();
  });
});
