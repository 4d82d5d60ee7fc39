import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { pageKey } from '../../../functions/contract/counter.ts';
import { nameId } from '../../../functions/contract/name-id.ts';
import { laneOf, positionOf } from '../../../functions/contract/position.ts';
import { defaultPathRules } from '../../../functions/contract/site.ts';
import { localDay } from '../../../functions/contract/time-unit.ts';
import { environmentName as env } from '../../../functions/environment.ts';
import { dynamoAccessStore } from '../../../functions/sites/access-store.dynamo.ts';
import { grantKey } from '../../../functions/sites/grant-key.ts';
import { dynamoSiteStore } from '../../../functions/sites/site-store.dynamo.ts';
import { dynamoCounterStore } from '../../../functions/store/counter-store.dynamo.ts';
import { testDynamo } from '../../contract/dynamo.ts';

/** The functions as Lambda starts them: from their environment, over DynamoDB, posting to a management endpoint. */
const dynamo = testDynamo();
const posted: { path: string; body: string }[] = [];
const management = createServer((request, response) => {
  let body = '';
  request.on('data', (chunk) => {
    body += chunk;
  });
  request.on('end', () => {
    posted.push({ path: decodeURIComponent(request.url ?? ''), body });
    response.end();
  });
});

beforeAll(async () => {
  await new Promise<void>((listening) => management.listen(0, '127.0.0.1', listening));
  const { client, byPkAndSk: table } = dynamo();
  const { port } = management.address() as AddressInfo;
  const endpoint = await client.config.endpoint?.();
  const set = {
    AWS_ENDPOINT_URL: `http://${endpoint?.hostname}:${endpoint?.port}`,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    [env.epoch]: '1',
    [env.socketEndpoint]: `http://127.0.0.1:${port}/_socket`,
    [env.archiveBucket]: 'archive',
    [env.capturesBucket]: 'captures',
    [env.captureFunction]: 'capture',
    [env.alarmPrefix]: 'SitePulse-',
    [env.logGroups]: 'query=QueryLog',
    [env.streamReaders]: 'process=process',
    [env.socketUrl]: 'wss://live.example',
    [env.streamName]: 'stream',
  };
  for (const [name, value] of Object.entries(set)) vi.stubEnv(name, value);
  for (const name of [env.countersTable, env.admissionsTable, env.sitesTable, env.connectionsTable]) {
    vi.stubEnv(name, table);
  }
  const sites = dynamoSiteStore({ client, table });
  const more = { origins: [], pathRules: defaultPathRules, watchedRequestsPerSecondMax: 500 };
  await sites.save({ site: 'demo', version: 0, name: 'Demo', zone: 'UTC', ...more });
  const key0 = { label: 'Demo', scope: 'write', createdAt: 0 } as const;
  await grantKey(dynamoAccessStore({ client, table }), 'demo', 'key-of-demo', key0);
  const at = positionOf('1');
  const key = pageKey('1', 'demo', localDay(Date.now(), 'UTC'), nameId('/'));
  const parts = [{ position: at, counters: { pv: 3 }, texts: { p: '/' } }];
  await dynamoCounterStore({ client, table }).add(laneOf(0, 'shardId-000000000000'), {
    key,
    first: at,
    last: at,
    parts,
  });
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await new Promise((closed) => management.close(closed));
});

async function ask(method: string, rawPath: string, authorization?: string, rawQueryString = '') {
  const { handler } = await import('../../../functions/query/query.lambda.ts');
  const headers = authorization ? { authorization } : {};
  const event = { rawPath, rawQueryString, headers, isBase64Encoded: false, requestContext: { http: { method } } };
  const { statusCode, body } = await handler(event as Parameters<typeof handler>[0]);
  return { statusCode, json: JSON.parse(body ?? '') };
}

async function socket(routeKey: string, more: { body?: string; queryStringParameters?: Record<string, string> } = {}) {
  const { handler } = await import('../../../functions/query/socket.lambda.ts');
  const event = { isBase64Encoded: false, requestContext: { routeKey, connectionId: 'abc=' }, ...more };
  return (await handler(event as Parameters<typeof handler>[0])).statusCode;
}

describe('the entries', () => {
  it('answer the API', async () => {
    expect((await ask('GET', '/v1/sites')).statusCode).toBe(401);
    const { statusCode, json } = await ask('GET', '/v1/sites/demo/pages', 'Bearer key-of-demo');
    expect([statusCode, json.rows[0]?.pageViews]).toEqual([200, 3]);
  });

  it('read the query as it was sent, whatever the gateway makes of a plus sign', async () => {
    const asked = async (query: string) =>
      (await ask('GET', '/v1/sites/demo/elements', 'Bearer key-of-demo', query)).json.path;
    expect(await asked('path=%2Fa+b%2Bc')).toBe('/a b+c');
    expect(await asked('path=%2Fa%20b%2Bc')).toBe('/a b+c');
  });

  it('open the socket by a ticket, once, and send what is asked for', async () => {
    const { json } = await ask('POST', '/v1/sites/demo/tickets', 'Bearer key-of-demo');
    expect(await socket('$connect')).toBe(401);
    expect(await socket('$connect', { queryStringParameters: { ticket: json.ticket } })).toBe(200);
    expect(await socket('$connect', { queryStringParameters: { ticket: json.ticket } })).toBe(403);
    expect(await socket('$default', { body: '{"op":"watch","view":"live"}' })).toBe(200);
    expect(posted.map(({ path }) => path)).toEqual(Array(2).fill('/_socket/@connections/abc='));
    const [first] = posted.map(({ body }) => JSON.parse(body));
    expect(first).toMatchObject({
      type: 'snapshot',
      id: 1,
      items: [[expect.any(String), nameId('/'), { pv: 3 }, { p: '/' }]],
    });
    expect(await socket('$disconnect')).toBe(200);
  });

  it('answer 500 when a message cannot be handed over, and do not throw', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => {});
    management.closeAllConnections();
    await new Promise((closed) => management.close(closed));
    expect(await socket('$default', { body: '{}' })).toBe(500);
    vi.restoreAllMocks();
  });
});
