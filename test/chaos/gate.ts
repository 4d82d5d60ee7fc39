import { Agent, createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import type { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { readBody } from '../../localstack/embedded/body.ts';
import {
  type Answer,
  firstHalfOf,
  partlyFailed,
  partlyUnprocessed,
  refusalOf,
  withUnprocessed,
} from './broken-answer.ts';
import { type Call, callerOf, placeOf } from './call.ts';
import type { FaultKind, Place } from './fault-kinds.ts';
import type { Fault } from './fault-plan.ts';

/** Stands before a service, passes on what comes, and breaks what the plan says. */
export interface Gate {
  /** Its own address: the same however often the service moves. */
  url: string;
  /** Where the service is now; null: nowhere, and whoever comes is cut off. */
  lead(to: string | null): void;
  close(): Promise<void>;
}

/** Which call meets which fault. */
export interface Faults {
  /** @param caller the instance of a function that calls, such as `process-3`; null where it is not one. */
  next(place: Place, caller: string | null): Fault | null;
  strike(kind: FaultKind): void;
}

export interface GateParts {
  plan: Faults;
  /** Ends an instance of a function; false when it has gone already. */
  kill(instance: string): Promise<boolean>;
}

const bodyBytesMax = 16 * 1024 * 1024;

export async function startGate(parts: GateParts): Promise<Gate> {
  const agent = new Agent({ keepAlive: true });
  let target: URL | null = null;
  const server = createServer((request, response) => {
    handle(request, response).catch(() => response.destroy());
  });
  server.keepAliveTimeout = 65_000;

  /** @throws when the service is away or breaks off: the caller is then cut off, too. */
  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request, bodyBytesMax);
    if (!body) throw new Error('more than a gate takes');
    const { method = 'GET', url = '/', headers, socket } = request;
    const call: Call = { method, path: url, headers, body, from: socket.remoteAddress ?? '127.0.0.1' };
    const place = placeOf(call);
    const fault = place && parts.plan.next(place, callerOf(call));
    const pass = (changed = call.body) => passOn({ ...call, body: changed }, target, agent);
    const answer = fault ? await meet(fault, call, pass, parts) : await pass();
    if (!answer) return void response.destroy();
    response.writeHead(answer.status, { ...answer.headers, 'content-length': answer.body.length }).end(answer.body);
  }

  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const fault = parts.plan.next('socket', null);
    if (!target) return void socket.destroy();
    joinSockets(request, socket, head, target, fault, () => parts.plan.strike('socket-cut'));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    lead(to) {
      target = to === null ? null : new URL(to);
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      agent.destroy();
    },
  };
}

/** Does to a call what its fault says. @returns what the caller is answered; null: it is cut off. */
async function meet(
  { kind, ms }: Fault,
  call: Call,
  pass: (changed?: Buffer) => Promise<Answer>,
  { plan, kill }: GateParts,
): Promise<Answer | null> {
  if (kind.startsWith('killed-')) {
    const instance = callerOf(call);
    if (instance === null) return pass();
    const written = kind.startsWith('killed-after') ? await pass() : null;
    if (!(await kill(instance))) return written ?? pass();
    plan.strike(kind);
    if (kind === 'killed-and-written-late') later(ms, pass);
    return null;
  }
  plan.strike(kind);
  return refusalOf(kind) ?? breakAnswer(kind, ms, call, pass);
}

async function breakAnswer(
  kind: FaultKind,
  ms: number,
  call: Call,
  pass: (changed?: Buffer) => Promise<Answer>,
): Promise<Answer | null> {
  switch (kind) {
    case 'request-doubled': {
      const [first] = await Promise.all([pass(), pass()]);
      return first;
    }
    case 'request-doubled-late':
      later(ms, pass);
      return pass();
    case 'write-late':
    case 'put-late':
      later(ms, pass);
      return null;
    case 'answer-lost':
    case 'write-answer-lost':
    case 'put-answer-lost':
    case 'stream-answer-lost':
    case 'object-answer-lost':
    case 'push-answer-lost':
      await pass();
      return null;
    case 'puts-failed-partly': {
      const { taken, failed } = firstHalfOf(call);
      const isEmpty = (JSON.parse(taken.toString('utf8')) as { Records: unknown[] }).Records.length === 0;
      return partlyFailed(isEmpty ? null : await pass(taken), failed);
    }
    case 'read-unprocessed': {
      const { asked, left } = partlyUnprocessed(call);
      return withUnprocessed(await pass(asked), left);
    }
    default:
      // Lost on the way there.
      return null;
  }
}

/** Nobody waits for it: whoever sent it was cut off long ago, or is dead. The service may be away by then. */
function later(ms: number, pass: () => Promise<Answer>): void {
  sleep(ms)
    .then(pass)
    .catch(() => undefined);
}

function passOn({ method, path, headers, body, from }: Call, target: URL | null, agent: Agent): Promise<Answer> {
  return new Promise((resolve, reject) => {
    if (!target) return reject(new Error('nobody is there'));
    const { hostname, port } = target;
    const sent = httpRequest(
      // The length may have changed. A signature would be broken by that, and none of the emulators looks at it.
      {
        agent,
        hostname,
        port,
        method,
        path,
        localAddress: from,
        headers: { ...headers, 'content-length': body.length },
      },
      (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('error', reject);
        answer.on('end', () =>
          resolve({ status: answer.statusCode ?? 502, headers: endToEnd(answer), body: Buffer.concat(chunks) }),
        );
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

/** Without what concerns one connection only. */
function endToEnd({ headers }: IncomingMessage): Answer['headers'] {
  const own = new Set(['connection', 'keep-alive', 'transfer-encoding', 'content-length']);
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (own.has(name) || value === undefined ? [] : [[name, value]])),
  );
}

/** A WebSocket: bytes both ways, until one side ends it or the fault does. */
function joinSockets(
  { method, url, rawHeaders }: IncomingMessage,
  socket: Duplex,
  head: Buffer,
  { hostname, port }: URL,
  fault: Fault | null,
  onCut: () => void,
): void {
  const onward = connect(Number(port), hostname, () => {
    const lines = rawHeaders.flatMap((name, index) => (index % 2 === 0 ? [`${name}: ${rawHeaders[index + 1]}`] : []));
    onward.write(`${method} ${url} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`);
    onward.write(head);
    socket.pipe(onward).pipe(socket);
  });
  const end = () => {
    clearTimeout(cutting);
    socket.destroy();
    onward.destroy();
  };
  const cut = () => {
    onCut();
    end();
  };
  // Some live long enough to ask for progress, which dashboards do each 5 s.
  const cutting = fault ? setTimeout(cut, fault.ms * 4) : undefined;
  for (const side of [socket, onward]) side.on('error', end).on('close', end);
}
