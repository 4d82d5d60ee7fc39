import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  NoSuchKey,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { serviceEndpoint } from '../environment.ts';
import type { ArchiveStore } from './archive-store.ts';

/** S3's bound of one page of a list. */
const keysPerPageMax = 1_000;

/** The archive in its bucket. */
export function s3ArchiveStore(client: S3Client, bucket: string): ArchiveStore {
  return {
    async put(key, bytes, contentType) {
      await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: bytes, ContentType: contentType }));
    },

    async keys(prefix, { after, limit = Number.POSITIVE_INFINITY } = {}) {
      const keys: string[] = [];
      let next: string | undefined;
      do {
        const page = await client.send(
          new ListObjectsV2Command({
            Bucket: bucket,
            Prefix: prefix,
            MaxKeys: Math.min(keysPerPageMax, limit - keys.length),
            ...(next ? { ContinuationToken: next } : after ? { StartAfter: after } : {}),
          }),
        );
        for (const { Key } of page.Contents ?? []) if (Key !== undefined) keys.push(Key);
        next = page.NextContinuationToken;
      } while (next && keys.length < limit);
      return keys;
    },

    async get(key) {
      try {
        const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
        return Body ? await Body.transformToByteArray() : null;
      } catch (error) {
        if (error instanceof NoSuchKey) return null;
        throw error;
      }
    },

    async delete(key) {
      await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
    },
  };
}

/** Stand-ins for the service have no host name for each bucket, so there the bucket is part of the path. */
export function archiveClient(): S3Client {
  return new S3Client({ maxAttempts: 3, forcePathStyle: serviceEndpoint() !== undefined });
}
