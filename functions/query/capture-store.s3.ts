import { GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { serviceEndpoint } from '../environment.ts';
import type { CaptureStore } from './capture-store.ts';
import { storedCaptures } from './stored-captures.ts';

/** S3 answers 404 for a missing key only to those who may list the bucket; the stack grants that with reading. */
export function s3CaptureStore(client: S3Client, bucket: string): CaptureStore {
  return storedCaptures({
    async read(key) {
      try {
        const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
        return Body ? await Body.transformToByteArray() : null;
      } catch (error) {
        if (isMissing(error)) return null;
        throw error;
      }
    },
    async keysBelow(folder) {
      const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: folder }));
      return Contents.flatMap(({ Key }) => Key ?? []);
    },
  });
}

/** By status, not by name: compatible services name it differently. */
function isMissing(error: unknown): boolean {
  const metadata = (error as { $metadata?: { httpStatusCode?: number } } | null)?.$metadata;
  return metadata?.httpStatusCode === 404;
}

/** Stand-ins for the service have no host name for each bucket, so there the bucket is part of the path. */
export function capturesClient(): S3Client {
  return new S3Client({ maxAttempts: 3, forcePathStyle: serviceEndpoint() !== undefined });
}
