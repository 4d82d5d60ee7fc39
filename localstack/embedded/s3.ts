import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { readBody } from './body.ts';
import { splitTarget } from './http-event.ts';
import { decodeChunked } from './s3-chunks.ts';
import { listObjects } from './s3-list.ts';
import { BucketObjects } from './s3-objects.ts';
import type { Template } from './template.ts';

/**
 * S3 as far as the stack uses it: PutObject, GetObject, HeadObject, DeleteObject and ListObjectsV2, path style, backed by files.
 * fauxqs 1.x would serve the same calls, but it forgets everything at a restart, drops Content-Encoding and Cache-Control and
 * ignores If-None-Match; mending that from outside is more code than this, and less true.
 */
export interface S3 {
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
  put(bucket: string, key: string, body: string, contentType: string): Promise<void>;
}

/** Bound of one object: far above what the stack writes. */
const objectBytesMax = 64 * 1024 * 1024;

const keptHeaders = [
  'content-type',
  'content-encoding',
  'content-disposition',
  'content-language',
  'cache-control',
  'expires',
];

export function openS3(folder: string, template: Template): S3 {
  const buckets = new Map<string, BucketObjects>();
  for (const { name } of template.ofType('AWS::S3::Bucket')) buckets.set(name, new BucketObjects(join(folder, name)));
  return {
    async handle(request, response) {
      // Not by `new URL`: it would take `..` for a step up, and S3 takes it for a part of the key.
      const { path, query } = splitTarget(request.url ?? '/');
      const [, bucketName = '', ...rest] = path.split('/');
      const bucket = buckets.get(bucketName);
      const key = rest.map(decodeURIComponent).join('/');
      if (!bucket)
        return answerError(request, response, 404, 'NoSuchBucket', `The bucket ${bucketName} does not exist`);
      if (key === '') return answerBucket(request, response, bucketName, bucket, new URLSearchParams(query));
      await answerObject(request, response, bucket, key);
    },
    async put(bucketName, key, body, contentType) {
      const bucket = buckets.get(bucketName);
      if (!bucket) throw new Error(`the template has no bucket ${bucketName}`);
      await bucket.put(key, Buffer.from(body), { 'content-type': contentType });
    },
  };
}

function answerBucket(
  request: IncomingMessage,
  response: ServerResponse,
  name: string,
  bucket: BucketObjects,
  query: URLSearchParams,
): void {
  if (request.method === 'HEAD') {
    response.writeHead(200).end();
    return;
  }
  if (request.method === 'GET' && query.get('list-type') === '2') {
    response.writeHead(200, { 'content-type': 'application/xml' }).end(listObjects(name, bucket, query));
  } else notImplemented(request, response);
}

async function answerObject(
  request: IncomingMessage,
  response: ServerResponse,
  bucket: BucketObjects,
  key: string,
): Promise<void> {
  switch (request.method) {
    case 'PUT':
      return request.headers['x-amz-copy-source']
        ? notImplemented(request, response)
        : putObject(request, response, bucket, key);
    case 'GET':
    case 'HEAD':
      return getObject(request, response, bucket, key);
    case 'DELETE':
      await bucket.delete(key);
      response.writeHead(204).end();
      return;
    default:
      return notImplemented(request, response);
  }
}

async function putObject(
  request: IncomingMessage,
  response: ServerResponse,
  bucket: BucketObjects,
  key: string,
): Promise<void> {
  const body = await readBody(request, objectBytesMax);
  if (!body) return answerError(request, response, 400, 'EntityTooLarge', `An object may have ${objectBytesMax} bytes`);
  const present = bucket.find(key);
  const wanted = request.headers['if-match'];
  const refused = (request.headers['if-none-match'] === '*' && present) || (wanted && present?.etag !== wanted);
  if (refused) return answerError(request, response, 412, 'PreconditionFailed', 'A precondition did not hold');
  const chunked = String(request.headers['x-amz-content-sha256'] ?? '').startsWith('STREAMING-');
  const facts = await bucket.put(key, chunked ? decodeChunked(body) : body, headersToKeep(request));
  response.writeHead(200, { etag: facts.etag }).end();
}

async function getObject(
  request: IncomingMessage,
  response: ServerResponse,
  bucket: BucketObjects,
  key: string,
): Promise<void> {
  const facts = bucket.find(key);
  if (!facts) return answerError(request, response, 404, 'NoSuchKey', `There is no object ${key}`);
  const known = request.headers['if-none-match'];
  if (known === '*' || known === facts.etag) {
    response.writeHead(304, { etag: facts.etag }).end();
    return;
  }
  const body = request.method === 'GET' ? await bucket.read(key) : undefined;
  response.writeHead(200, {
    'content-type': 'binary/octet-stream',
    ...facts.headers,
    'content-length': facts.bytes,
    'last-modified': new Date(facts.modifiedAt).toUTCString(),
    etag: facts.etag,
  });
  response.end(body);
}

function headersToKeep(request: IncomingMessage): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) {
    if (value === undefined || !(keptHeaders.includes(name) || name.startsWith('x-amz-meta-'))) continue;
    // `aws-chunked` is how the body travelled, not what it is.
    const text = String(value).replace(/^aws-chunked,?\s*/, '');
    if (text !== '') kept[name] = text;
  }
  return kept;
}

function notImplemented(request: IncomingMessage, response: ServerResponse): void {
  answerError(request, response, 501, 'NotImplemented', `The embedded cloud has no ${request.method} ${request.url}`);
}

function answerError(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  code: string,
  message: string,
): void {
  const escaped = message.replace(/&/g, '&amp;').replace(/</g, '&lt;');
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${escaped}</Message></Error>`;
  response.writeHead(status, { 'content-type': 'application/xml' });
  response.end(request.method === 'HEAD' ? undefined : body);
}
