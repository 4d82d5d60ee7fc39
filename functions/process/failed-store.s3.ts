import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { failedKey, failedText } from '../contract/failed.ts';
import { serviceEndpoint } from '../environment.ts';
import type { FailedStore } from './failed-store.ts';

/** Failed records in the archive's bucket. */
export function s3FailedStore(client: S3Client, bucket: string): FailedStore {
  return {
    async put(record) {
      await client.send(
        new PutObjectCommand({
          Bucket: bucket,
          Key: failedKey(record),
          Body: failedText(record),
          ContentType: 'application/json',
        }),
      );
    },
  };
}

/** Stand-ins for the service have no host name for each bucket, so there the bucket is part of the path. */
export function archiveClient(): S3Client {
  return new S3Client({ maxAttempts: 3, forcePathStyle: serviceEndpoint() !== undefined });
}
