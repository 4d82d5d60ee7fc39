/** The embedded gateways, spoken to by raw sockets. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import type { ApiDescription } from '../../localstack/embedded/api-template.ts';
import { Fields } from '../../localstack/embedded/fields.ts';
import { front } from '../../localstack/embedded/front.ts';
import { httpApi } from '../../localstack/embedded/http-api.ts';
import { localIssuer } from '../../localstack/embedded/issuer/issuer.ts';
import type { Outcome } from '../../localstack/embedded/lambda-instance.ts';
import { type WebSocketApi, webSocketApi } from '../../localstack/embedded/websocket-api.ts';
import { closeServers, serve } from '../unit/embedded/servers.ts';
import { keptRequests } from './corpus.ts';
import { attempt } from './raw-socket.ts';
import { type Attempt, framesAttempt, requestAttempt } from './request-arbitrary.ts';

const dist = mkdtempSync(join(tmpdir(), 'gateway-'));
for (const folder of ['web', 'snippet', 'demo']) mkdirSync(join(dist, folder), { recursive: true });
writeFileSync(join(dist, 'web/index.html'), '<!doctype html>');
writeFileSync(join(dist, 'snippet/s.js'), '//'.repeat(2_000_000));

const atOnce = 16;
const sockets: WebSocketApi[] = [];
beforeEach(() => {
  // Each of thousands of broken requests is told on the console, as it should be.
  vi.spyOn(console, 'error').mockImplementation(() => {});
});
afterEach(async () => {
  await Promise.all(sockets.splice(0).map((api) => api.close()));
  await closeServers();
  vi.restoreAllMocks();
});
afterAll(() => rmSync(dist, { recursive: true, force: true }));

/** The front of the embedded cloud; the functions behind it note what they were asked. */
async function gateway() {
  const events: string[] = [];
  const lambda = {
    async invoke(_fn: string, payload: string): Promise<Outcome> {
      events.push(payload);
      return { kind: 'value', payload: '{"statusCode":202,"body":"{}"}' };
    },
  };
  const apiOf = (id: string, routes: string[], properties: object): ApiDescription => ({
    id,
    stage: '$default',
    properties: new Fields(id, { ...properties }),
    routes: new Map(routes.map((route) => [route, 'fn'])),
    admit: () => true,
  });
  const cors = { AllowOrigins: ['*'], AllowMethods: ['POST'], AllowHeaders: ['content-type'], MaxAge: 60 };
  const api = httpApi(apiOf('http', ['POST /v1/events', 'GET /v1/{proxy+}'], { CorsConfiguration: cors }), lambda);
  const routes = ['$connect', '$disconnect', '$default'];
  const live = webSocketApi(apiOf('live', routes, { RouteSelectionExpression: '$request.body.op' }), lambda);
  sockets.push(live);
  const config = { apiUrl: '', socketUrl: '', oidc: null };
  const issuer = localIssuer('http://localhost:1/oidc', ['http://localhost:1/'], dist);
  const { handle, upgrade } = front({ dist, api, sockets: live, issuer, config });
  const url = await serve(handle, upgrade);
  return {
    url,
    port: Number(new URL(url).port),
    events,
    countOf: (key: string) => events.filter((event) => event.includes(`"routeKey":"${key}"`)).length,
  };
}

/** Some at a time. @returns those that were left hanging, what was answered that is no HTTP, and how many were let in as sockets. */
async function attack(port: number, attempts: Attempt[]): Promise<{ faults: string[]; letIn: number }> {
  const faults: string[] = [];
  let letIn = 0;
  const waiting = [...attempts];
  const one = async () => {
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      const { said, closed } = await attempt(port, next);
      const text = Buffer.concat(next.pieces).toString('latin1').slice(0, 300);
      if (said.includes('HTTP/1.1 101 ')) letIn += 1;
      if (!closed) faults.push(`left hanging: ${JSON.stringify(text)}`);
      if (said.length > 0 && !/^HTTP\/1\.1 \d{3} /.test(said.toString('latin1')))
        faults.push(`no HTTP: ${said.toString('latin1', 0, 80)}`);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, one));
  return { faults, letIn };
}

function openFiles(): string[] {
  return readdirSync('/proc/self/fd').flatMap((name) => {
    try {
      return [readlinkSync(`/proc/self/fd/${name}`)];
    } catch {
      // Closed since it was listed.
      return [];
    }
  });
}

async function stillServes(url: string): Promise<void> {
  const response = await fetch(`${url}/v1/events`, { method: 'POST', body: '{}' });
  expect([response.status, await response.text()]).toEqual([202, '{}']);
  const socket = new WebSocket(`${url.replace('http', 'ws')}/socket`);
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  socket.close();
  await new Promise((resolve) => socket.once('close', resolve));
}

describe('the embedded gateway', () => {
  it.each(keptRequests)('outlives a request $name', async ({ bytes }) => {
    const { url, port } = await gateway();
    const pieces = [Buffer.from(bytes, 'latin1')];
    const { faults } = await attack(port, [
      { pieces, ending: 'end' },
      { pieces, ending: 'reset' },
    ]);
    expect(faults).toEqual([]);
    await stillServes(url);
  });

  it('outlives requests of any kind', async () => {
    const { url, port } = await gateway();
    const { faults } = await attack(port, fc.sample(requestAttempt, { numRuns: 1_500, seed: 11 }));
    expect(faults).toEqual([]);
    await stillServes(url);
  }, 120_000);

  // On Linux a process can see what it holds open.
  it.runIf(existsSync('/proc/self/fd'))('leaves no file open for those who go away while it is sent', async () => {
    const { url, port } = await gateway();
    const asks = { pieces: [Buffer.from('GET /s.js HTTP/1.1\r\nHost: localhost\r\n\r\n')], ending: 'reset' } as const;
    await attack(port, new Array(40).fill(asks));
    await stillServes(url);
    await vi.waitFor(() => expect(openFiles().filter((path) => path.endsWith('/s.js'))).toEqual([]));
  });

  it('hands over parameters whatever they are called', async () => {
    const { url, events } = await gateway();
    await fetch(`${url}/v1/sites?constructor=1&toString=2&__proto__=3&a=4&a=5`);
    const { queryStringParameters } = JSON.parse(events.at(-1) ?? '{}');
    expect(Object.entries(queryStringParameters)).toEqual([
      ['constructor', '1'],
      ['toString', '2'],
      ['__proto__', '3'],
      ['a', '4,5'],
    ]);
  });

  it('outlives frames of any kind, and tells of each connection that it is gone', async () => {
    const { url, port, countOf } = await gateway();
    const { faults, letIn } = await attack(port, fc.sample(framesAttempt, { numRuns: 1_000, seed: 12 }));
    expect(faults).toEqual([]);
    await stillServes(url);
    expect(letIn).toBeGreaterThan(500);
    expect(countOf('$default')).toBeGreaterThan(50);
    // The one of `stillServes`, too; some had gone before they could see that they were let in.
    await vi.waitFor(() => expect(countOf('$disconnect')).toBeGreaterThan(letIn), { timeout: 10_000 });
    expect(countOf('$disconnect')).toBeLessThanOrEqual(countOf('$connect'));
  }, 120_000);
});
