import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { serviceEndpoint } from '../environment.ts';
import {
  type CaptureStore,
  captureDocumentKey,
  captureFailureKey,
  captureImageKey,
  datedDocumentKey,
} from './capture-store.ts';

/** A client made once per entry. Other services than AWS's are reached by path: they have no host per bucket. */
export function createS3Client(): S3Client {
  return new S3Client({ maxAttempts: 3, forcePathStyle: serviceEndpoint() !== undefined });
}

export function s3CaptureStore(client: S3Client, bucket: string): CaptureStore {
  const put = async (Key: string, Body: Uint8Array | string, ContentType: string) => {
    await client.send(new PutObjectCommand({ Bucket: bucket, Key, Body, ContentType }));
  };
  return {
    async savePicture(subject, picture, jpeg) {
      await put(captureImageKey(subject, picture.takenAt), jpeg, 'image/jpeg');
      const document = JSON.stringify(picture);
      await put(datedDocumentKey(subject, picture.takenAt), document, 'application/json');
      await put(captureDocumentKey(subject), document, 'application/json');
    },
    async saveFailure(subject, failure) {
      await put(captureFailureKey(subject), JSON.stringify(failure), 'application/json');
    },
  };
}
