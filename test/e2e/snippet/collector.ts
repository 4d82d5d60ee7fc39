import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Accepted, Batch, PulseEvent, WireElement, WirePage } from '../../../functions/contract/event.ts';
import { elementKinds, kind } from '../../../functions/contract/event.ts';
import { buildSnippet } from '../../../snippet/build.ts';

/** An event as it arrived, with what it refers to. */
export interface Arrived {
  what: keyof typeof kind;
  event: PulseEvent;
  page: WirePage | undefined;
  element: WireElement | undefined;
  batch: Batch;
  isBeacon: boolean;
}

/** The site's server and, on another origin as in life, a collector of what the snippet sends. */
export interface Stage {
  siteUrl: string;
  /** The tag that the pages embed, with further attributes. */
  tag(attributes?: string): string;
  /** Pages by path. A path not listed is answered by the one at `/`. */
  pages: Record<string, string>;
  batches: Batch[];
  arrived: Arrived[];
  /** Answers a batch; by default 202, not watched. */
  answer: (batch: Batch) => { status: number; headers?: Record<string, string>; body?: Accepted };
  /** Paths of the site that are never answered. */
  isHanging: (path: string) => boolean;
  /** Waits until `arrived` is as wanted, and returns it. */
  until(wanted: (arrived: Arrived[]) => boolean): Promise<Arrived[]>;
  close(): Promise<void>;
}

const names = Object.fromEntries(Object.entries(kind).map(([name, number]) => [number, name as keyof typeof kind]));

export async function openStage(): Promise<Stage> {
  const outDir = await mkdtemp(join(tmpdir(), 'sitepulse-snippet-'));
  await buildSnippet(outDir);
  const folder = join(outDir, 'snippet');
  const scripts = {
    '/s.js': await readFile(join(folder, 's.js')),
    '/panes.js': await readFile(join(folder, 'panes.js')),
    '/vitals.js': await readFile(join(folder, 'vitals.js')),
  };
  await rm(outDir, { recursive: true });
  const accepted = new Set<string>();
  const waiting = new Set<() => void>();

  const collector = await listen(async (request, response) => {
    response.setHeader('access-control-allow-origin', '*');
    if (request.method !== 'POST') {
      response.setHeader('content-type', 'text/javascript').end(scripts[request.url as keyof typeof scripts]);
      return;
    }
    const batch = JSON.parse(await bodyOf(request)) as Batch;
    const { status, headers, body } = stage.answer(batch);
    response.writeHead(status, headers).end(body && JSON.stringify(body));
    stage.batches.push(batch);
    // A batch may come twice (a beacon repeats what was unanswered); like the server, this counts it once.
    const isRepeat = accepted.has(`${batch.l}/${batch.n}`);
    if (status === 202) accepted.add(`${batch.l}/${batch.n}`);
    if (status === 202 && !isRepeat) stage.arrived.push(...eventsOf(batch, request));
    for (const check of [...waiting]) check();
  });
  const site = await listen((request, response) => {
    const path = (request.url ?? '/').split('?')[0] ?? '/';
    if (stage.isHanging(path)) return;
    response.setHeader('content-type', 'text/html').end(stage.pages[path] ?? stage.pages['/']);
  });

  const stage: Stage = {
    siteUrl: urlOf(site),
    tag: (attributes = '') => `<script async src="${urlOf(collector)}/s.js" data-site="demo" ${attributes}></script>`,
    pages: {},
    batches: [],
    arrived: [],
    answer: () => ({ status: 202, body: { watched: false, everyMs: 10_000, token: 'token' } }),
    isHanging: () => false,
    until: (wanted) =>
      new Promise((resolve) => {
        const check = () => {
          if (!wanted(stage.arrived)) return;
          waiting.delete(check);
          resolve(stage.arrived);
        };
        waiting.add(check);
        check();
      }),
    close: async () => {
      for (const server of [collector, site]) {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      }
    },
  };
  return stage;
}

/** A whole document around `body`. */
export function html(tag: string, body: string, title = 'A page'): string {
  return `<!doctype html><html><head><title>${title}</title>${tag}</head><body>${body}</body></html>`;
}

/** How many events of a kind arrived. */
export function count(arrived: Arrived[], what: Arrived['what']): number {
  return arrived.filter((each) => each.what === what).length;
}

function eventsOf(batch: Batch, request: IncomingMessage): Arrived[] {
  return batch.x.map((event) => {
    const what = names[event[0]] ?? 'custom';
    const element = elementKinds.includes(event[0]) ? batch.e[Number(event[2])] : undefined;
    // A beacon asks nobody whether its answer may be read.
    const isBeacon = request.headers['sec-fetch-mode'] === 'no-cors';
    return { what, event, page: batch.p[element ? element[0] : event[2]], element, batch, isBeacon };
  });
}

async function listen(handle: (request: IncomingMessage, response: ServerResponse) => void): Promise<Server> {
  const server = createServer(handle);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

function urlOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}
