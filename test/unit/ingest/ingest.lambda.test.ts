import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateStreamCommand,
  DescribeStreamCommand,
  GetRecordsCommand,
  GetShardIteratorCommand,
  KinesisClient,
} from '@aws-sdk/client-kinesis';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { StreamRecord } from '../../../functions/contract/record.ts';
import type { handler } from '../../../functions/ingest/ingest.lambda.ts';
import { dynamoConnectionStore } from '../../../functions/push/connection-store.dynamo.ts';
import { dynamoSiteStore } from '../../../functions/sites/site-store.dynamo.ts';
import { batchName } from '../../../functions/stream/batch-name.ts';
import { decodeRecord } from '../../../functions/stream/record.ts';
import { type Kinesis, startKinesis } from '../../../localstack/embedded/kinesis.ts';
import { testDynamo } from '../../contract/dynamo.ts';
import { batchFixture, chrome, siteFixture } from './batch-fixture.ts';

const dynamo = testDynamo();
const folder = mkdtempSync(join(tmpdir(), 'sitepulse-ingest-'));
const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
let kinesis: Kinesis;
let client: KinesisClient;
let handle: typeof handler;

beforeAll(async () => {
  kinesis = await startKinesis(folder);
  const requestHandler = new NodeHttpHandler();
  client = new KinesisClient({ endpoint: kinesis.url, region: 'us-east-1', credentials, requestHandler });
  await client.send(new CreateStreamCommand({ StreamName: 'events', ShardCount: 1 }));
  await vi.waitUntil(async () => {
    const { StreamDescription } = await client.send(new DescribeStreamCommand({ StreamName: 'events' }));
    return StreamDescription?.StreamStatus === 'ACTIVE';
  });
  const { client: tables, byPkAndSk } = dynamo();
  const sites = dynamoSiteStore({ client: tables, table: byPkAndSk });
  await sites.save(siteFixture());
  await sites.addWriteKey('demo', 'demo');
  await sites.addWriteKey('demo', 'flooded');
  const endpoint = await tables.config.endpoint?.();
  const environment = {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_ENDPOINT_URL_DYNAMODB: `http://${endpoint?.hostname}:${endpoint?.port}`,
    AWS_ENDPOINT_URL_KINESIS: kinesis.url,
    SITES_TABLE: byPkAndSk,
    CONNECTIONS_TABLE: byPkAndSk,
    STREAM_NAME: 'events',
    EDGE_SECRET: 'the-secret',
    KEY_REQUESTS_PER_SECOND_MAX: '20',
  };
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  // Read at import, as Lambda does once per instance.
  handle = (await import('../../../functions/ingest/ingest.lambda.ts')).handler;
});
afterAll(async () => {
  vi.unstubAllEnvs();
  client.destroy();
  await kinesis.close();
  rmSync(folder, { recursive: true });
});

function eventOf(body: string, headers: Record<string, string> = {}): Parameters<typeof handler>[0] {
  return {
    version: '2.0',
    routeKey: 'POST /v1/events',
    rawPath: '/v1/events',
    rawQueryString: '',
    headers: { origin: 'https://shop.example', 'content-type': 'text/plain', ...headers },
    requestContext: {
      accountId: '1',
      apiId: 'a',
      domainName: 'd',
      domainPrefix: 'd',
      requestId: 'r',
      routeKey: 'POST /v1/events',
      stage: '$default',
      time: '',
      timeEpoch: 0,
      http: {
        method: 'POST',
        path: '/v1/events',
        protocol: 'HTTP/1.1',
        sourceIp: '203.0.113.9',
        userAgent: headers['user-agent'] ?? chrome,
      },
    },
    body,
    isBase64Encoded: false,
  };
}

async function records(): Promise<StreamRecord[]> {
  const { ShardIterator } = await client.send(
    new GetShardIteratorCommand({
      StreamName: 'events',
      ShardId: 'shardId-000000000000',
      ShardIteratorType: 'TRIM_HORIZON',
    }),
  );
  const { Records = [] } = await client.send(new GetRecordsCommand({ ShardIterator }));
  return Records.flatMap(({ Data }) => {
    const decoded = decodeRecord(Data ?? new Uint8Array());
    return decoded.ok && 'load' in decoded.record ? [decoded.record] : [];
  });
}

/** The metrics that a run writes to its log. */
async function metricsOf(run: () => Promise<unknown>): Promise<Record<string, unknown>[]> {
  const written = vi.spyOn(console, 'log').mockImplementation(() => {});
  await run();
  const lines = written.mock.calls.map(([line]) => JSON.parse(String(line)));
  written.mockRestore();
  return lines;
}

describe('the ingest function', () => {
  const load = 'aaaaaaaaaaaaaaaa';
  const body = (changes = {}) => JSON.stringify(batchFixture({ l: load, ...changes }));

  it('takes a batch in, answers with a token, and the batch is on the stream', async () => {
    const metrics = await metricsOf(async () => {
      const answer = await handle(eventOf(body()));
      expect(answer.statusCode).toBe(202);
      expect(JSON.parse(answer.body ?? '')).toMatchObject({
        watched: false,
        token: expect.stringMatching(/^[\w-]{48}$/),
      });
    });
    expect(metrics).toMatchObject([
      { function: 'ingest', acceptedBatches: 1, acceptedEvents: 15, batch: batchName(load, 0) },
    ]);
    expect(JSON.stringify(metrics)).not.toContain(load);
    expect((await records()).filter((record) => record.load === load)).toHaveLength(1);
  });

  it('believes the edge by its secret, and nobody without it', async () => {
    const edge = {
      'x-sitepulse-viewer': '198.51.100.1',
      'x-sitepulse-agent': chrome,
      'cloudfront-viewer-country': 'CH',
    };
    await metricsOf(() =>
      handle(eventOf(body({ l: 'bbbbbbbbbbbbbbbb' }), { ...edge, 'x-sitepulse-edge': 'the-secret' })),
    );
    await metricsOf(() => handle(eventOf(body({ l: 'cccccccccccccccc' }), { ...edge, 'x-sitepulse-edge': 'a guess' })));
    const all = await records();
    const [plain, believed, guessed] = [load, 'bbbbbbbbbbbbbbbb', 'cccccccccccccccc'].map((one) =>
      all.find((record) => record.load === one),
    );
    expect([believed?.country, guessed?.country]).toEqual(['CH', '']);
    expect(guessed?.visitor).toBe(plain?.visitor);
    expect(believed?.visitor).not.toBe(plain?.visitor);
  });

  it('says that the site is watched within a second of somebody looking', async () => {
    const { client: tables, byPkAndSk } = dynamo();
    const connections = dynamoConnectionStore({ client: tables, table: byPkAndSk, newTicket: () => 't' });
    const now = Date.now();
    await connections.connect({ id: 'dashboard', site: 'demo', topics: [], by: { kind: 'key', id: 'k' } }, now);
    await connections.watch('dashboard', ['live'], now);
    await vi.waitFor(
      async () => {
        let answer = '';
        await metricsOf(async () => (answer = (await handle(eventOf(body({ n: 1 })))).body ?? ''));
        expect(JSON.parse(answer).watched).toBe(true);
      },
      { timeout: 3_000, interval: 100 },
    );
  });

  it('counts refusals by reason, and bots apart', async () => {
    const metrics = await metricsOf(async () => {
      expect((await handle(eventOf('{'))).statusCode).toBe(400);
      expect((await handle(eventOf(body(), { origin: 'https://evil.example' }))).statusCode).toBe(403);
      expect((await handle(eventOf(body(), { 'user-agent': 'curl/8' }))).statusCode).toBe(202);
    });
    expect(metrics).toMatchObject([
      { rejected: 1, code: 'bad-json' },
      { rejected: 1, code: 'foreign-origin' },
      { botEvents: 15 },
    ]);
  });

  it('writes no line for each refusal of a flood, and tells of them all', async () => {
    let refused = 0;
    const lines = await metricsOf(async () => {
      for (let n = 0; refused < 1_000; n++) {
        const { statusCode, headers } = await handle(eventOf(body({ k: 'flooded', l: 'eeeeeeeeeeeeeeee', n })));
        if (statusCode !== 429) continue;
        refused += 1;
        expect(Number(headers?.['retry-after'])).toBeGreaterThanOrEqual(1);
      }
      // Nothing more is refused, and the next request of anybody tells of what was.
      vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 1_000 });
      await handle(eventOf('{'));
      vi.useRealTimers();
    });
    const told = lines.filter(({ code }) => code === 'too-many-requests');
    expect(told.reduce((sum, { rejected }) => sum + Number(rejected), 0)).toBe(refused);
    expect(told.length).toBeLessThan(refused / 10);
  });

  it('asks the sender to come back while the stream is out of reach, and takes the same batch then', async () => {
    const late = 'dddddddddddddddd';
    const logged = vi.spyOn(console, 'error').mockImplementation(() => {});
    const send = vi.spyOn(KinesisClient.prototype, 'send').mockRejectedValue(new Error('out of reach') as never);
    const metrics = await metricsOf(async () => {
      const answer = await handle(eventOf(body({ l: late })));
      expect([answer.statusCode, answer.headers?.['retry-after']]).toEqual([503, '2']);
    });
    expect(metrics).toMatchObject([{ unavailable: 1 }]);
    expect(String(logged.mock.calls[0]?.[0])).toContain('out of reach');
    send.mockRestore();
    logged.mockRestore();
    await metricsOf(() => handle(eventOf(body({ l: late }))));
    expect((await records()).filter((record) => record.load === late)).toHaveLength(1);
  });
});
