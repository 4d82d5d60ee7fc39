import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { immutable, isHashed } from '../../deploy/site-files.ts';
import type { Handler } from './listen.ts';

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.pdf': 'application/pdf',
  '.zip': 'application/zip',
  '.txt': 'text/plain; charset=utf-8',
};

export interface StaticOptions {
  /** Replaced in pages as they are served. */
  replacements?: Record<string, string>;
  /** The page for a path that no file has, such as a single-page application's; null: 404. */
  fallback?(path: string): string | null;
}

/** Serves a folder: `/` and `/about/` as their index.html, `/about` as about.html where there is one. Never anything outside of it. */
export function staticFiles(folder: string, { replacements = {}, fallback = () => null }: StaticOptions = {}): Handler {
  return async (request, response) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return notFound(response, 405);
    const path = pathOf(request);
    const found = path === null ? undefined : await firstFile(folder, candidates(path, fallback));
    if (!found) return notFound(response, 404);
    const { file, tag } = found;
    const type = types[extname(file)] ?? 'application/octet-stream';
    const headers = { 'content-type': type, 'cache-control': isHashed(file) ? immutable : 'no-cache' };
    if (type.startsWith('text/html')) {
      let page = await readFile(file, 'utf8');
      for (const [from, to] of Object.entries(replacements)) page = page.replaceAll(from, to);
      response.writeHead(200, headers).end(request.method === 'HEAD' ? undefined : page);
      return;
    }
    // As S3 does it behind the edge: who has come back from signing in need not load the dashboard again.
    if (request.headers['if-none-match'] === tag) {
      response.writeHead(304, { ...headers, etag: tag }).end();
      return;
    }
    response.writeHead(200, { ...headers, etag: tag });
    if (request.method === 'HEAD') response.end();
    else await send(file, response);
  };
}

/** A reader that goes away in the middle must not leave the file open, nor a file that goes away end the process. */
async function send(file: string, response: ServerResponse): Promise<void> {
  try {
    await pipeline(createReadStream(file), response);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
  }
}

/** Null when it is not validly encoded, or leads out of the folder. */
function pathOf(request: IncomingMessage): string | null {
  try {
    const path = decodeURIComponent((request.url ?? '/').split('?')[0] ?? '/');
    return path.includes('\0') || path.split(/[/\\]/).includes('..') ? null : path;
  } catch {
    return null;
  }
}

function candidates(path: string, fallback: (path: string) => string | null): string[] {
  const other = fallback(path);
  return [path, `${path}.html`, join(path, 'index.html'), ...(other ? [other] : [])];
}

/** `tag`: another one whenever the file is written. */
async function firstFile(folder: string, paths: string[]): Promise<{ file: string; tag: string } | undefined> {
  for (const path of paths) {
    const file = normalize(join(folder, path));
    const facts = await stat(file).catch(() => null);
    if (facts?.isFile()) return { file, tag: `"${facts.size.toString(36)}-${Math.trunc(facts.mtimeMs).toString(36)}"` };
  }
  return undefined;
}

function notFound(response: ServerResponse, status: number): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' });
  response.end(status === 404 ? 'There is no such page.' : 'Only GET and HEAD are served here.');
}
