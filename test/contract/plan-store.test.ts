import { S3Client } from '@aws-sdk/client-s3';
import { type FauxqsServer, startFauxqs } from 'fauxqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { memoryPlanStore } from '../../functions/capture/plan-store.memory.ts';
import { s3PlanStore } from '../../functions/capture/plan-store.s3.ts';
import type { CapturePlan, PlanStore } from '../../functions/capture/plan-store.ts';

let server: FauxqsServer;
let client: S3Client;
beforeAll(async () => {
  server = await startFauxqs({ port: 0, logger: false, init: { buckets: ['captures'] } });
  client = new S3Client({
    endpoint: `http://127.0.0.1:${server.port}`,
    region: 'us-east-1',
    forcePathStyle: true,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
});
afterAll(async () => {
  client.destroy();
  await server.stop();
});

describe.each<[string, () => PlanStore]>([
  ['in memory', memoryPlanStore],
  ['in S3', () => s3PlanStore(client, 'captures')],
])('plans %s', (_name, make) => {
  it('are per site, null before the first, and replaced as a whole', async () => {
    const plans = make();
    expect(await plans.get('shop')).toBeNull();
    const plan: CapturePlan = {
      day: '2026-11-23',
      begun: 2,
      earlier: [{ pageId: 'abcdefgh', path: '/', url: 'https://shop.example/', views: { desktop: 3 } }],
      attempts: { 'abcdefgh|desktop': { at: 1, failures: 0 } },
    };
    await plans.put('shop', plan);
    await plans.put('shop', { ...plan, attempts: {} });
    expect(await plans.get('shop')).toEqual({ ...plan, attempts: {} });
    expect(await plans.get('other')).toBeNull();
  });
});
