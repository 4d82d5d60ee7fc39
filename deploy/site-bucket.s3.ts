import { readFile } from 'node:fs/promises';
import {
  DeleteBucketCommand,
  DeleteObjectsCommand,
  HeadBucketCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import type { SiteFile } from './site-files.ts';

/** Of the account and region that this process's credentials and settings are of. */
export const awsS3 = (): S3Client => new S3Client({});

/** Where the dashboard finds its API and its issuer, as `web/config.ts` reads it: a file beside it, put there by whoever deploys. */
export interface DashboardFile {
  [name: string]: unknown;
  apiUrl: string;
  socketUrl: string;
  /** As `OidcClient` of `functions/contract/sign-in.ts`; null: the reader gives an API key. */
  oidc: object | null;
}

/**
 * Puts the site into its bucket: what others name (hashed chunks) first, then what names them, the page last. So whoever loads it
 * meanwhile gets the old or the new one, whole. What is no longer named stays, for pages that are open.
 */
export async function uploadSite(
  s3: S3Client,
  bucket: string,
  files: SiteFile[],
  config: DashboardFile,
): Promise<void> {
  const put = async ({ key, path, contentType, cacheControl }: SiteFile) =>
    s3.send(
      new PutObjectCommand({
        Bucket: bucket,
        Key: key,
        Body: await readFile(path),
        ContentType: contentType,
        CacheControl: cacheControl,
      }),
    );
  const isHashed = ({ cacheControl }: SiteFile) => cacheControl.includes('immutable');
  const isPage = ({ key }: SiteFile) => key.endsWith('.html');
  await Promise.all(files.filter(isHashed).map(put));
  await Promise.all(files.filter((one) => !isHashed(one) && !isPage(one)).map(put));
  const body = JSON.stringify(config, null, 2);
  await s3.send(
    new PutObjectCommand({
      Bucket: bucket,
      Key: 'config.json',
      Body: body,
      ContentType: 'application/json',
      CacheControl: 'no-cache',
    }),
  );
  await Promise.all(files.filter(isPage).map(put));
}

/** Deletes every object; returns how many. A bucket that is gone already has none. */
export async function emptyBucket(s3: S3Client, bucket: string): Promise<number> {
  return unlessGone(() => empty(s3, bucket), 0);
}

/** What `work` gives; `otherwise` where there is no such bucket. */
async function unlessGone<T>(work: () => Promise<T>, otherwise: T): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (/^(NoSuchBucket|NotFound)$/.test((error as Error).name)) return otherwise;
    throw error;
  }
}

async function empty(s3: S3Client, bucket: string): Promise<number> {
  let deleted = 0;
  for (;;) {
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: bucket, MaxKeys: 1000 }));
    if (Contents.length === 0) return deleted;
    const Objects = Contents.map(({ Key }) => ({ Key }));
    const { Errors = [] } = await s3.send(
      new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects, Quiet: true } }),
    );
    if (Errors.length > 0) throw new Error(`${bucket}: ${Errors[0]?.Key} could not be deleted: ${Errors[0]?.Message}`);
    deleted += Objects.length;
  }
}

/** Of an empty one. */
export async function deleteBucket(s3: S3Client, bucket: string): Promise<void> {
  await unlessGone(async () => void (await s3.send(new DeleteBucketCommand({ Bucket: bucket }))), undefined);
}

export async function bucketStands(s3: S3Client, bucket: string): Promise<boolean> {
  return unlessGone(async () => {
    await s3.send(new HeadBucketCommand({ Bucket: bucket }));
    return true;
  }, false);
}
