import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { type FauxqsServer, startFauxqs } from 'fauxqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { captureFailureKey, captureImageKey } from '../../../functions/query/capture-object.ts';
import { memoryCaptureStore } from '../../../functions/query/capture-store.memory.ts';
import { s3CaptureStore } from '../../../functions/query/capture-store.s3.ts';
import type { CaptureStore } from '../../../functions/query/capture-store.ts';

const failure = { error: { code: 'timeout', message: 'too slow' }, takenAt: 1795400000000 };
const objects = new Map<string, string | Uint8Array>([
  [captureFailureKey('demo', 'abcd-_12', 'mobile'), JSON.stringify(failure)],
  [captureImageKey('demo', 'abcd-_12', 'mobile', 1795400000000), new Uint8Array([0xff, 0xd8, 0, 1])],
]);

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
  for (const [Key, Body] of objects) await client.send(new PutObjectCommand({ Bucket: 'captures', Key, Body }));
});
afterAll(async () => {
  client.destroy();
  await server.stop();
});

describe.each<[string, () => CaptureStore]>([
  ['in memory', () => memoryCaptureStore(objects)],
  ['in S3', () => s3CaptureStore(client, 'captures')],
])('captures %s', (_name, make) => {
  it('gives a document and its picture', async () => {
    expect(await make().latest('demo', 'abcd-_12', 'mobile')).toEqual(failure);
    expect([...((await make().image('demo', 'abcd-_12', 'mobile', 1795400000000)) ?? [])]).toEqual([0xff, 0xd8, 0, 1]);
  });

  it('gives null for what was never taken', async () => {
    expect(await make().latest('demo', 'abcd-_12', 'desktop')).toBeNull();
    expect(await make().image('demo', 'abcd-_12', 'mobile', 1)).toBeNull();
  });
});
