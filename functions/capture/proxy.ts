import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex, Readable } from 'node:stream';
import { log } from '../log.ts';
import type { Networks } from './address.ts';
import { dial } from './dial.ts';
import { type Lookup, resolve, systemLookup } from './resolve.ts';

export interface ProxyOptions {
  networks: Networks;
  /** Bytes from all servers together; beyond it every connection is cut. */
  bytesMax: number;
  /** Connections open at once. */
  connectionsMax: number;
  lookup?: Lookup;
}

export interface HostFailure {
  code: 'address-refused' | 'unreachable';
  message: string;
}

export interface CaptureProxy {
  port: number;
  /** Hosts that were not reached, each with a sentence that says why. */
  failures: ReadonlyMap<string, HostFailure>;
  /** Whether `bytesMax` was passed. */
  exhausted(): boolean;
  close(): Promise<void>;
}

/**
 * The only way out for a captured page: an HTTP proxy on loopback that resolves each name itself, checks every address, and
 * dials that very address. So neither a redirect, nor a name that changes its mind between check and use, nor a literal
 * address leads to a network that is not allowed.
 */
export async function startProxy(options: ProxyOptions): Promise<CaptureProxy> {
  const gate = new Gate(options);
  const server = createServer((incoming, response) => {
    forward(incoming, response, gate).catch((error: unknown) => answerFailure(response, error));
  });
  server.on('connect', (incoming: IncomingMessage, client: Duplex, head: Buffer) => {
    tunnel(incoming, client, head, gate).catch((error: unknown) => refuseTunnel(client, error));
  });
  server.on('connection', (socket) => gate.hold(socket));
  await new Promise<void>((listening, failed) => {
    server.once('error', failed);
    server.listen(0, '127.0.0.1', listening);
  });
  return {
    port: (server.address() as AddressInfo).port,
    failures: gate.failures,
    exhausted: () => gate.exhausted,
    close: () => close(server, gate),
  };
}

/** Of the ports that the system gives out: behind the others are mail, files and terminals, not pages. */
const webPorts = new Set([80, 443]);

class RefusedError extends Error {}

/** What all connections of one proxy share: the rule, and the budget. */
class Gate {
  readonly failures = new Map<string, HostFailure>();
  exhausted = false;
  private readonly sockets = new Set<Duplex>();
  private open = 0;
  private bytes = 0;

  constructor(private readonly options: ProxyOptions) {}

  /** @throws RefusedError; or the network's own error. Either is kept for the host. */
  async dial(host: string, port: number): Promise<Socket> {
    try {
      return await this.dialAllowed(host, port);
    } catch (error) {
      const code = error instanceof RefusedError ? 'address-refused' : 'unreachable';
      this.failures.set(host, { code, message: error instanceof Error ? error.message : String(error) });
      throw error;
    }
  }

  private async dialAllowed(host: string, port: number): Promise<Socket> {
    const { networks, connectionsMax, lookup = systemLookup } = this.options;
    if (port < 1024 && !webPorts.has(port))
      throw new RefusedError(`port ${port} is not the web's: 80, 443, or above 1023`);
    const resolution = await resolve(host, networks, lookup);
    if ('refused' in resolution) throw new RefusedError(resolution.refused);
    if (this.open >= connectionsMax) throw new Error(`there are ${connectionsMax} connections open already`);
    this.open++;
    try {
      const socket = await dial(resolution.addresses, port);
      socket.once('close', () => this.open--);
      this.hold(socket);
      return socket;
    } catch (error) {
      this.open--;
      throw error;
    }
  }

  hold(socket: Duplex): void {
    this.sockets.add(socket);
    socket.once('close', () => this.sockets.delete(socket));
    socket.on('error', (error) => log.info('a captured page lost a connection', { error: error.message }));
  }

  /** To be called in the turn in which a reader is attached: a 'data' listener alone would start the flow and lose its beginning. */
  count(stream: Readable): void {
    stream.on('data', (chunk: Buffer) => {
      this.bytes += chunk.length;
      if (this.bytes <= this.options.bytesMax) return;
      this.exhausted = true;
      this.cut();
    });
  }

  cut(): void {
    for (const socket of this.sockets) socket.destroy();
  }
}

async function tunnel(incoming: IncomingMessage, client: Duplex, head: Buffer, gate: Gate): Promise<void> {
  const target = URL.canParse(`http://${incoming.url}`) ? new URL(`http://${incoming.url}`) : null;
  if (!target) throw new RefusedError(`"${incoming.url}" is not a host and a port`);
  // `URL` drops the port that is its scheme's own.
  const upstream = await gate.dial(target.hostname, Number(target.port || 80));
  client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
  upstream.write(head);
  upstream.pipe(client).pipe(upstream);
  gate.count(upstream);
  client.once('close', () => upstream.destroy());
  upstream.once('close', () => client.destroy());
}

async function forward(incoming: IncomingMessage, response: ServerResponse, gate: Gate): Promise<void> {
  const target = URL.canParse(incoming.url ?? '') ? new URL(incoming.url ?? '') : null;
  if (target?.protocol !== 'http:') throw new RefusedError(`"${incoming.url}" is not an http address`);
  const socket = await gate.dial(target.hostname, Number(target.port || 80));
  const outgoing = request({
    createConnection: () => socket,
    method: incoming.method,
    path: `${target.pathname}${target.search}`,
    headers: { ...withoutHopByHop(incoming.headers), host: target.host, connection: 'close' },
  });
  outgoing.once('response', (answer) => {
    response.writeHead(answer.statusCode ?? 502, withoutHopByHop(answer.headers));
    answer.pipe(response);
    gate.count(answer);
    answer.once('error', () => response.destroy());
  });
  outgoing.once('error', (error) => answerFailure(response, error));
  response.once('close', () => outgoing.destroy());
  incoming.pipe(outgoing);
}

/** Headers that are between two neighbours only (RFC 9110 §7.6.1). */
const hopByHop = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

function withoutHopByHop(headers: IncomingMessage['headers']): Record<string, string | string[]> {
  const kept: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined && !hopByHop.has(name)) kept[name] = value;
  }
  return kept;
}

function answerFailure(response: ServerResponse, error: unknown): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  response.writeHead(error instanceof RefusedError ? 403 : 502, { 'content-type': 'text/plain' });
  response.end(error instanceof Error ? error.message : String(error));
}

function refuseTunnel(client: Duplex, error: unknown): void {
  client.end(`HTTP/1.1 ${error instanceof RefusedError ? '403 Forbidden' : '502 Bad Gateway'}\r\n\r\n`);
}

async function close(server: Server, gate: Gate): Promise<void> {
  const closed = new Promise<void>((done) => server.close(() => done()));
  gate.cut();
  await closed;
}
