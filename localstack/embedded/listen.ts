import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';

/** A port that is taken, said so that the reader knows what to do. */
export class PortInUseError extends Error {
  constructor(port: number, purpose: string) {
    super(`port ${port} (${purpose}) is in use: stop what uses it, or choose other ports with SITEPULSE_PORT`);
    this.name = 'PortInUseError';
  }
}

export interface Door {
  port: number;
  /** From now on requests go to `handler`; before that they are answered 503. */
  open(handler: Handler, upgrade?: Upgrade): void;
  /** No new connections; those that wait for nothing are closed. */
  close(): Promise<void>;
}
export type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;
export type Upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => Promise<void>;

/**
 * Takes a port on this machine alone: on 127.0.0.1, and on ::1 where there is one, because `localhost` may mean either.
 * @param port 0: any free one.
 * @throws PortInUseError
 */
export async function takePort(port: number, purpose: string): Promise<Door> {
  let handler: Handler | undefined;
  let upgrade: Upgrade | undefined;
  const make = () => {
    const server = createServer((request, response) => {
      if (handler) handler(request, response).catch((error) => fail(request, response, error));
      else response.writeHead(503, { 'retry-after': '1' }).end('starting');
    });
    server.keepAliveTimeout = 65_000;
    server.on('upgrade', (request, socket, head) => {
      if (!upgrade) return void socket.destroy();
      upgrade(request, socket, head).catch((error) => {
        console.error(`upgrade of ${request.url}: ${error}`);
        socket.destroy();
      });
    });
    return server;
  };
  const servers = [make()];
  const taken = await listen(servers[0], port, '127.0.0.1', purpose);
  const second = make();
  if ((await listen(second, taken, '::1', purpose)) !== 0) servers.push(second);
  return {
    port: taken,
    open(handle, onUpgrade) {
      handler = handle;
      upgrade = onUpgrade;
    },
    async close() {
      await Promise.all(servers.map(closeServer));
    },
  };
}

/** The port; 0 where the machine does not have the address. */
function listen(server: Server | undefined, port: number, host: string, purpose: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server?.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') reject(new PortInUseError(port, purpose));
      else if (host === '::1' && (error.code === 'EADDRNOTAVAIL' || error.code === 'EAFNOSUPPORT')) resolve(0);
      else reject(error);
    });
    server?.listen(port, host, () => resolve((server.address() as AddressInfo).port));
  });
}

/** Requests at hand have this long to be answered. */
const drainMsMax = 3_000;

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const forced = setTimeout(() => server.closeAllConnections(), drainMsMax);
    server.close(() => {
      clearTimeout(forced);
      resolve();
    });
    server.closeIdleConnections();
  });
}

function fail(request: IncomingMessage, response: ServerResponse, error: unknown): void {
  if (request.destroyed && !request.complete) return;
  console.error(`${request.method} ${request.url?.split('?')[0]}: ${error instanceof Error ? error.stack : error}`);
  if (!response.headersSent) response.writeHead(500);
  response.end();
}
