import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterEach, describe, expect, it } from 'vitest';
import { openS3 } from '../../../localstack/embedded/s3.ts';
import { resolveTemplate } from '../../../localstack/embedded/template.ts';
import { closeServers, serve } from './servers.ts';

const folder = mkdtempSync(join(tmpdir(), 's3-'));
const clients: S3Client[] = [];
afterEach(async () => {
  for (const client of clients.splice(0)) client.destroy();
  await closeServers();
  rmSync(folder, { recursive: true, force: true });
});

/** The SDK's own client before S3 with one bucket, `b`; called again it is S3 after a restart. */
async function s3(): Promise<S3Client> {
  const resources = resolveTemplate({ Resources: { B: { Type: 'AWS::S3::Bucket' } } }, 'S', {});
  const store = openS3(folder, { ofType: () => resources, assetFolder: () => '' });
  const client = new S3Client({
    endpoint: await serve(store.handle),
    region: 'us-east-1',
    forcePathStyle: true,
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    maxAttempts: 1,
  });
  clients.push(client);
  return client;
}
const at = (Key: string) => ({ Bucket: 'b', Key });

describe('an object', () => {
  it('survives a restart with its bytes and headers', async () => {
    const Body = Buffer.from([0, 10, 255, 13]);
    const facts = {
      ContentType: 'image/jpeg',
      ContentEncoding: 'gzip',
      CacheControl: 'max-age=60',
      Metadata: { m: 'x' },
    };
    await (await s3()).send(new PutObjectCommand({ ...at('a/ä b+c.jpg'), Body, ...facts }));
    const found = await (await s3()).send(new GetObjectCommand(at('a/ä b+c.jpg')));
    expect(found).toMatchObject({ ...facts, ContentLength: 4 });
    expect(Buffer.from((await found.Body?.transformToByteArray()) ?? [])).toEqual(Body);
  });

  it('is the last that was put', async () => {
    const client = await s3();
    for (const Body of ['one', 'two']) await client.send(new PutObjectCommand({ ...at('k'), Body }));
    expect(await (await client.send(new GetObjectCommand(at('k')))).Body?.transformToString()).toBe('two');
  });

  it('can come as a stream', async () => {
    const client = await s3();
    const Body = Readable.from([Buffer.alloc(100_000, 'a'), Buffer.alloc(100_000, 'b')]);
    await client.send(new PutObjectCommand({ ...at('k'), Body, ContentLength: 200_000 }));
    const text = (await (await client.send(new GetObjectCommand(at('k')))).Body?.transformToString()) ?? '';
    expect([text.length, text.replace(/a+b+/, '')]).toEqual([200_000, '']);
  });

  it('is not put again where there must be none', async () => {
    const client = await s3();
    const once = new PutObjectCommand({ ...at('k'), Body: 'one', IfNoneMatch: '*' });
    await client.send(once);
    await expect(client.send(once)).rejects.toMatchObject({ name: 'PreconditionFailed' });
  });

  it('is not sent again to whoever has it', async () => {
    const client = await s3();
    const { ETag } = await client.send(new PutObjectCommand({ ...at('k'), Body: 'one' }));
    const again = client.send(new GetObjectCommand({ ...at('k'), ...(ETag ? { IfNoneMatch: ETag } : {}) }));
    await expect(again).rejects.toMatchObject({ $metadata: { httpStatusCode: 304 } });
  });

  it('is gone when it was deleted, after a restart, too', async () => {
    const client = await s3();
    await client.send(new PutObjectCommand({ ...at('k'), Body: 'one' }));
    await client.send(new DeleteObjectCommand(at('k')));
    await expect(client.send(new GetObjectCommand(at('k')))).rejects.toMatchObject({ name: 'NoSuchKey' });
    await expect((await s3()).send(new HeadObjectCommand(at('k')))).rejects.toMatchObject({ name: 'NotFound' });
  });

  it('stays in its bucket whatever its key', async () => {
    const client = await s3();
    await client.send(new PutObjectCommand({ ...at('x/../../escaped'), Body: 'one' }));
    await client.send(new PutObjectCommand({ ...at('k'.repeat(1000)), Body: 'long' }));
    const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket: 'b' }));
    expect(Contents).toHaveLength(2);
  });
});

describe('a list', () => {
  it('gives keys in order, by prefix, group and page', async () => {
    const client = await s3();
    for (const key of ['b/2', 'a/1', 'a/x/1', 'a/x/2', 'a/y', 'c & <d>']) {
      await client.send(new PutObjectCommand({ ...at(key), Body: 'x' }));
    }
    const all = await client.send(new ListObjectsV2Command({ Bucket: 'b' }));
    expect(all.Contents?.map(({ Key }) => Key)).toEqual(['a/1', 'a/x/1', 'a/x/2', 'a/y', 'b/2', 'c & <d>']);
    const grouped = { Bucket: 'b', Prefix: 'a/', Delimiter: '/', MaxKeys: 2 };
    const first = await client.send(new ListObjectsV2Command(grouped));
    expect(first.Contents?.map(({ Key }) => Key)).toEqual(['a/1']);
    expect(first.CommonPrefixes?.map(({ Prefix }) => Prefix)).toEqual(['a/x/']);
    const ContinuationToken = first.NextContinuationToken ?? '';
    const second = await client.send(new ListObjectsV2Command({ ...grouped, ContinuationToken }));
    expect([second.Contents?.map(({ Key }) => Key), second.CommonPrefixes ?? []]).toEqual([['a/y'], []]);
    expect(second.IsTruncated).toBe(false);
  });
});

it('names a bucket that does not exist', async () => {
  const client = await s3();
  const put = client.send(new PutObjectCommand({ Bucket: 'other', Key: 'k', Body: '' }));
  await expect(put).rejects.toMatchObject({ name: 'NoSuchBucket' });
});
