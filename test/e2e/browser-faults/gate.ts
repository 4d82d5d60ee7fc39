import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Batch, PulseEvent } from '../../../functions/contract/event.ts';
import type { Product } from '../product.ts';

/**
 * What becomes of a request on its way to the product: it passes; it passes and the page never hears of it (`lose-answer`), or
 * hears half of the answer (`cut-answer`); or the product never sees it, and the page gets this answer.
 */
export type Fate = 'pass' | 'lose-answer' | 'cut-answer' | { status: number; headers?: Record<string, string> };

/** A request with a batch, as it came to the gate. */
export interface Attempt {
  batch: Batch;
  /** When it arrived, ms since the epoch. */
  at: number;
  isBeacon: boolean;
  /** Undefined until it is decided. */
  fate?: Fate;
  /** What the product answered; undefined when it was not asked, or has not answered yet. */
  status?: number;
}

/** A site's server and, on another origin as in life, the only way from its pages to the product. */
export interface Gate {
  siteUrl: string;
  /** The tag that pages embed. */
  tag: string;
  /** The page at a path. */
  page: (path: string) => string;
  /** Decides over a request: `earlier` is how often its batch came before. By default all pass. */
  fateOf: (attempt: Attempt, earlier: number) => Fate | Promise<Fate>;
  attempts: Attempt[];
  /** Waits until the attempts are as wanted, and returns them. @throws Error with the attempts when that takes too long */
  until(wanted: (attempts: Attempt[]) => boolean): Promise<Attempt[]>;
  close(): Promise<void>;
}

/** Longer than any back-off that the tests provoke. */
const untilMsMax = 30_000;

/** An answer that a page may read, `Retry-After` included. */
export const readable = { 'access-control-allow-origin': '*', 'access-control-expose-headers': 'retry-after' };

export async function openGate(product: Product): Promise<Gate> {
  const waiting = new Set<() => void>();
  const changed = () => {
    for (const check of [...waiting]) check();
  };
  const collector = await listen(async (request, response) => {
    if (request.method === 'POST') return receive(product, gate, changed, request, response);
    const answer = await forward(product, request);
    response.writeHead(answer.status, headersOf(answer)).end(await answer.text());
  });
  const site = await listen(async (request, response) => {
    response.setHeader('content-type', 'text/html;charset=utf-8').end(gate.page(request.url ?? '/'));
  });

  const gate: Gate = {
    siteUrl: urlOf(site),
    tag: `<script src="${urlOf(collector)}/s.js" data-site="demo"></script>`,
    page: () => '',
    fateOf: () => 'pass',
    attempts: [],
    until: (wanted) =>
      new Promise((resolve, reject) => {
        const late = setTimeout(() => {
          waiting.delete(check);
          reject(new Error(`after ${untilMsMax} ms the gate still has only ${JSON.stringify(gate.attempts)}`));
        }, untilMsMax);
        const check = () => {
          if (!wanted(gate.attempts)) return;
          clearTimeout(late);
          waiting.delete(check);
          resolve(gate.attempts);
        };
        waiting.add(check);
        check();
      }),
    async close() {
      for (const server of [collector, site]) {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      }
    },
  };
  return gate;
}

/** Takes a request with a batch to its fate. `changed` is told of each step. */
async function receive(
  product: Product,
  gate: Gate,
  changed: () => void,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await bodyOf(request);
  const batch = JSON.parse(body) as Batch;
  // A beacon asks nobody whether its answer may be read.
  const isBeacon = request.headers['sec-fetch-mode'] === 'no-cors';
  const attempt: Attempt = { batch, at: Date.now(), isBeacon };
  const earlier = gate.attempts.filter((each) => isSame(each.batch, batch)).length;
  gate.attempts.push(attempt);
  changed();
  const fate = await gate.fateOf(attempt, earlier);
  attempt.fate = fate;
  if (typeof fate === 'object') {
    response.writeHead(fate.status, fate.headers).end();
    changed();
    return;
  }
  const answer = await forward(product, request, body);
  const text = await answer.text();
  attempt.status = answer.status;
  if (fate === 'lose-answer') response.destroy();
  else {
    response.writeHead(answer.status, { ...headersOf(answer), 'content-length': Buffer.byteLength(text) });
    if (fate === 'pass') response.end(text);
    else response.write(text.slice(0, 5), () => response.destroy());
  }
  changed();
}

/** Whether both are the same batch of the same load: to be counted once. */
export function isSame(one: Batch, other: Batch): boolean {
  return one.l === other.l && one.n === other.n;
}

/** Whether an event of that kind is in the batch. */
export function tells({ x }: Batch, what: PulseEvent[0]): boolean {
  return x.some(([each]) => each === what);
}

/** Those that the product took, oldest first. */
export function taken(attempts: Attempt[]): Attempt[] {
  return attempts.filter(({ status }) => status === 202);
}

function forward(product: Product, { method, url, headers }: IncomingMessage, body?: string): Promise<Response> {
  const sent = ['content-type', 'user-agent', 'origin', 'accept-language'].flatMap((name) => {
    const value = headers[name];
    return typeof value === 'string' ? [[name, value] as [string, string]] : [];
  });
  return fetch(`${product.urls.apiUrl}${url}`, {
    ...(method ? { method } : {}),
    headers: Object.fromEntries(sent),
    ...(body === undefined ? {} : { body }),
  });
}

function headersOf({ headers }: Response): Record<string, string> {
  return Object.fromEntries(
    [...headers].filter(([name]) => /^(content-type|access-control-.*|retry-after)$/.test(name)),
  );
}

async function listen(handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>): Promise<Server> {
  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      // A tab that closes may take half a request with it: that one never came.
      if (!request.complete) return;
      response.destroy();
      throw error;
    });
  });
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
