import { GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { serviceEndpoint } from '../environment.ts';
import {
  captureDocumentKey,
  captureFailureKey,
  captureFolder,
  captureImageKey,
  captureOf,
  datedDocumentKey,
  takenAtOfKey,
  takenFor,
} from './capture-object.ts';
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
  async function readText(key: string): Promise<string | null> {
    const bytes = await read(key);
    return bytes && new TextDecoder().decode(bytes);
  }
  const latest: CaptureStore['latest'] = async (site, pageId, device) => {
    const [document, failed] = await Promise.all([
      readText(captureDocumentKey(site, pageId, device)),
      readText(captureFailureKey(site, pageId, device)),
    ]);
    return captureOf({ document, failed }, site, pageId, device);
  };
  return {
    latest,
    async asOf(site, pageId, device, until) {
      // One answer of at most 1,000 keys, the oldest first: one a week, each retake, and their pictures, for as long as they are kept.
      const list = new ListObjectsV2Command({ Bucket: bucket, Prefix: `${captureFolder(site, pageId, device)}/` });
      const { Contents = [] } = await client.send(list);
      const takenAt = takenFor(
        until,
        Contents.flatMap(({ Key = '' }) => takenAtOfKey(Key) ?? []),
      );
      if (takenAt === null) return latest(site, pageId, device);
      const document = await readText(datedDocumentKey(site, pageId, device, takenAt));
      return captureOf({ document, failed: null }, site, pageId, device);
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
