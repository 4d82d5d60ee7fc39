import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { serviceEndpoint } from '../environment.ts';
import { captureDocumentKey, captureFailureKey, captureImageKey, captureOf } from './capture-object.ts';
import type { CaptureStore } from './capture-store.ts';

/** S3 answers 404 for a missing key only to those who may list the bucket; the stack grants that with reading. */
export function s3CaptureStore(client: S3Client, bucket: string): CaptureStore {
  async function read(key: string): Promise<Uint8Array | null> {
    try {
      const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
      return Body ? await Body.transformToByteArray() : null;
    } catch (error) {
      if (isMissing(error)) return null;
      throw error;
    }
  }
  return {
    async latest(site, pageId, device) {
      const [document = null, failed = null] = await Promise.all(
        [captureDocumentKey, captureFailureKey].map(async (keyOf) => {
          const bytes = await read(keyOf(site, pageId, device));
          return bytes && new TextDecoder().decode(bytes);
        }),
      );
      return captureOf({ document, failed }, site, pageId, device);
    },
    image: (site, pageId, device, takenAt) => read(captureImageKey(site, pageId, device, takenAt)),
  };
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
