import { Agent, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { type Issuer, issuerPath } from '../embedded/issuer/issuer.ts';
import type { Handler } from '../embedded/listen.ts';
import { edgeFunction, readEdgeTemplate } from './edge-function.ts';

export interface EdgeFrontParts {
  /** Holds the edge's own template: its functions run here, too. */
  assembly: string;
  apiUrl: string;
  edgeSecret: string;
  s3: S3Client;
  siteBucket: string;
  issuer: Issuer;
}

const agent = new Agent({ keepAlive: true });

/**
 * Does for one machine what the edge does on AWS, since no emulator serves CloudFront: the site from its bucket, `/v1/*` from the API,
 * and to ingest, whom it saw, by the edge's own function and secret.
 */
export function edgeFront({ assembly, apiUrl, edgeSecret, s3, siteBucket, issuer }: EdgeFrontParts): Handler {
  const template = readEdgeTemplate(assembly);
  const [viewer, page] = [edgeFunction(template, 'Viewer'), edgeFunction(template, 'Page')];
  return async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://edge');
    if (pathname.startsWith(`${issuerPath}/`)) await issuer.handle(request, response);
    else if (pathname.startsWith('/v1/')) {
      const told = pathname === '/v1/events' ? seen(viewer, request).headers : {};
      const secret = { 'x-sitepulse-edge': { value: edgeSecret } };
      forward(request, response, apiUrl, { ...told, ...secret });
    } else {
      const { uri } = page({ viewer: { ip: '' }, request: { method: 'GET', uri: pathname, headers: {} } });
      await serve(response, s3, siteBucket, decodeURIComponent(uri.slice(1)));
    }
  };
}

function seen(
  viewer: ReturnType<typeof edgeFunction>,
  { method = 'GET', url = '/', headers, socket }: IncomingMessage,
) {
  const values = Object.entries(headers).map(([name, value]) => [name, { value: String(value) }]);
  const request = { method, uri: url, headers: Object.fromEntries(values) };
  return viewer({ viewer: { ip: socket.remoteAddress ?? '' }, request });
}

function forward(
  request: IncomingMessage,
  response: ServerResponse,
  apiUrl: string,
  added: Record<string, { value: string }>,
): void {
  const { host: _host, connection: _connection, ...headers } = request.headers;
  for (const [name, { value }] of Object.entries(added)) headers[name] = value;
  const onward = httpRequest(apiUrl + request.url, { method: request.method ?? 'GET', headers, agent }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  onward.on('error', (error) => {
    console.error(`${request.method} ${request.url?.split('?')[0]}: ${error.message}`);
    if (!response.headersSent) response.writeHead(502);
    response.end();
  });
  request.pipe(onward);
}

async function serve(response: ServerResponse, s3: S3Client, Bucket: string, Key: string): Promise<void> {
  try {
    const { Body, ContentType, CacheControl } = await s3.send(new GetObjectCommand({ Bucket, Key }));
    response.writeHead(200, { 'content-type': ContentType, 'cache-control': CacheControl });
    await pipeline(Body as Readable, response);
  } catch (error) {
    const { name, code } = error as NodeJS.ErrnoException;
    if (code === 'ERR_STREAM_PREMATURE_CLOSE') return;
    if (name !== 'NoSuchKey') throw error;
    response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' }).end('There is no such page.');
  }
}
