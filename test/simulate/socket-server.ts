/** The WebSocket API: the real socket functions over the simulator's services, and connections that break without a word. */
import type { Member } from '../../functions/contract/account.ts';
import { dynamoConnectionStore } from '../../functions/push/connection-store.dynamo.ts';
import type { Socket } from '../../functions/push/pusher.ts';
import { hear, openSocket } from '../../functions/query/socket.ts';
import { memoryRenewals, type SocketPorts } from '../../functions/query/socket-ports.ts';
import { tickLimit } from '../../functions/query/tick-limit.ts';
import { noAccess } from '../../functions/sites/access.ts';
import { currentEpoch } from '../../functions/sites/current-epoch.ts';
import { dynamoEpochStore } from '../../functions/sites/epoch-store.dynamo.ts';
import type { EpochStore } from '../../functions/sites/epoch-store.ts';
import { dynamoSiteStore } from '../../functions/sites/site-store.dynamo.ts';
import { dynamoCounterStore } from '../../functions/store/counter-store.dynamo.ts';
import { dynamoProgressStore } from '../../functions/store/progress-store.dynamo.ts';
import { kinesisStreamWriter } from '../../functions/stream/stream-writer.kinesis.ts';
import { dynamoClientOf, dynamoSend, kinesisClientOf } from './aws/clients.ts';
import { site } from './catalog.ts';
import type { FaultKind } from './faults.ts';
import { type CallFaults, Host, type HostParts } from './host.ts';
import { epoch, type Services, tables } from './processor.ts';

/** The far end of a connection. */
export interface Link {
  isOpen: boolean;
  deliver(message: string): void;
}

const callFaults: CallFaults = {
  readFailed: 'read-failed',
  throttled: 'write-throttled',
  answerLost: 'write-answer-lost',
  doubled: 'write-doubled',
};
const ticksEveryMs = 4_000;
const messageLateMsMax = 100_000;

const viewer: Member = { id: 'viewer', role: 'viewer', email: null, since: 0 };

export class SocketServer {
  readonly #links = new Map<string, Link>();
  readonly #parts: HostParts;
  #ports: Omit<SocketPorts, 'epoch'> | null = null;
  #epochs: EpochStore | null = null;
  #messages = 0;

  constructor(parts: HostParts) {
    this.#parts = parts;
  }

  /** What both the processor's pushes and the answers go through. */
  readonly socket: Socket = {
    post: async (id, message) => {
      const { time, faults } = this.#parts;
      const place = `m${this.#messages++}`;
      const latency = this.#parts.latency.fork(`${place}.sent`);
      await time.sleep(latency.whole(1, 8));
      const link = this.#links.get(id);
      if (!link?.isOpen) return 'gone';
      if (faults.strikes('post-failed', place)) throw new Error('the post failed');
      this.#carry(place, link, message);
      return 'sent';
    },
    close: async (id) => void this.#links.delete(id),
  };

  /** The services include this server's own socket, so they come after it. */
  serve(services: Services): void {
    const host = new Host(this.#parts, callFaults);
    host.begin('q', {}, () => undefined);
    const client = dynamoClientOf(dynamoSend(services.db, host, this.#parts.faults));
    const counters = { client, table: tables.counters };
    let tickets = 0;
    const epochHost = new Host(this.#parts, callFaults);
    epochHost.begin('q.epoch', {}, () => undefined);
    const epochClient = dynamoClientOf(dynamoSend(services.db, epochHost, this.#parts.faults));
    this.#epochs = dynamoEpochStore({ client: epochClient, table: tables.sites });
    this.#ports = {
      sites: dynamoSiteStore({ client, table: tables.sites }),
      counters: dynamoCounterStore(counters),
      progress: dynamoProgressStore(counters),
      connections: dynamoConnectionStore({ client, table: tables.connections, newTicket: () => `ticket ${tickets++}` }),
      stream: kinesisStreamWriter({ client: kinesisClientOf(services.stream, host), streamName: 'events' }),
      ticks: tickLimit(ticksEveryMs),
      sleep: this.#parts.time.sleep,
      socket: this.socket,
      renewals: memoryRenewals(),
      access: { read: async () => ({ ...noAccess, members: [viewer] }) },
      users: { signedOutAt: async () => 0 },
    };
  }

  /** @throws what the store throws. */
  async open(id: string, link: Link): Promise<boolean> {
    const ports = this.#serving();
    const now = this.#parts.time.now();
    const ticket = await ports.connections.issueTicket(
      { site, until: null, by: { kind: 'user', id: viewer.id }, ofOverlay: false },
      now,
    );
    if ((await openSocket(id, ticket, now, ports)) !== 200) return false;
    this.#links.set(id, link);
    return true;
  }

  /** @throws what a port throws: the Lambda function fails, and the dashboard hears nothing. */
  async hear(id: string, message: string): Promise<void> {
    if (!this.#epochs) throw new Error('the socket server is not serving yet');
    const now = this.#parts.time.now();
    await hear(id, message, now, { ...this.#serving(), epoch: await currentEpoch(this.#epochs, epoch) });
  }

  /** A last sign of progress on every shard, whatever was sent lately. */
  tick(): Promise<void> {
    return this.#serving().stream.tick({ v: 1, tick: site, receivedAt: this.#parts.time.now() });
  }

  #serving(): Omit<SocketPorts, 'epoch'> {
    if (!this.#ports) throw new Error('the socket server is not serving yet');
    return this.#ports;
  }

  #carry(place: string, link: Link, message: string): void {
    const { time, faults } = this.#parts;
    const latency = this.#parts.latency.fork(place);
    if (faults.strikes('message-lost', place)) return;
    const arrive = (ms: number) => time.later(() => link.isOpen && link.deliver(message), ms);
    const lateMs = (kind: FaultKind) => faults.share(kind, place) ** 2 * messageLateMsMax * faults.lateness;
    const late = faults.strikes('message-late', place);
    arrive(latency.whole(2, 60) + (late ? lateMs('message-late') : 0));
    if (faults.strikes('message-doubled', place)) arrive(latency.whole(2, 60) + lateMs('message-doubled'));
  }
}
