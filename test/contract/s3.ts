import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll } from 'vitest';
import { openS3 } from '../../localstack/embedded/s3.ts';
import { resolveTemplate } from '../../localstack/embedded/template.ts';
import { closeServers, serve } from '../unit/embedded/servers.ts';

/** An S3 of the test file's own, with one empty bucket. */
export interface TestS3 {
  client: S3Client;
  bucket: string;
}

/** Registers start and end with the file; what it returns may be used inside tests only. */
export function testS3(): () => TestS3 {
  const folder = mkdtempSync(join(tmpdir(), 'sitepulse-s3-'));
  let client: S3Client | undefined;
  beforeAll(async () => {
    const resources = resolveTemplate({ Resources: { B: { Type: 'AWS::S3::Bucket' } } }, 'S', {});
    const { handle } = openS3(folder, { ofType: () => resources, assetFolder: () => '' });
    client = new S3Client({
      endpoint: await serve(handle),
      region: 'us-east-1',
      forcePathStyle: true,
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    });
  });
  afterAll(async () => {
    client?.destroy();
    await closeServers();
    rmSync(folder, { recursive: true, force: true });
  });
  return () => {
    if (!client) throw new Error('S3 is there inside tests only');
    return { client, bucket: 'b' };
  };
}
