/**
 * Keeps one socket to the API open: ticket, socket, watch; ticks and resyncs while it is open; tries again when it breaks.
 * Socket, ticket and timers are given, so that every path of it runs in a test without waiting.
 */
import type { ClientMessage, ErrorMessage, SnapshotMessage, TotalsMessage } from '../../functions/contract/live.ts';
import type { ConnectionState } from './connection-state.ts';
import { readServerMessage } from './server-message.ts';

export type Watch = Extract<ClientMessage, { op: 'watch' }>;

/** An open or opening socket. After `close` none of its handlers is called any more. */
export interface Socket {
  send(text: string): void;
  close(): void;
}
export interface SocketHandlers {
  opened(): void;
  /** A text, or an ArrayBuffer. */
  frame(data: unknown): void;
  closed(): void;
}

export interface ConnectionParts {
  socketUrl: string;
  /** @throws anything when there is none; an error with `status` 401 or 403 means that the key is refused. */
  fetchTicket(): Promise<string>;
  openSocket(url: string, handlers: SocketHandlers): Socket;
  /** Runs `action` once, after `ms`; returns what cancels it. */
  after(ms: number, action: () => void): () => void;
  /** 0..1 */
  random(): number;
  onMessage(message: SnapshotMessage | TotalsMessage): void;
  onState(state: ConnectionState): void;
  /** Something that the far side said and that we could not use: for the console. */
  onFault(reason: string): void;
}

/** The socket is asked for progress this often, which also keeps it from idling out (API Gateway: 10 min). */
export const tickEveryMs = 5_000;
/** A quiet resync heals whatever was lost on the way. */
export const snapshotEveryMs = 60_000;
/** `asOf` standing still for longer than two ticks and their way through the stream is called late. */
export const lateAfterMs = 12_000;
/** A socket that says nothing at all though it is asked every 5 s is dead, whatever the browser thinks. */
export const silentAfterMs = 45_000;
/** From asking for a ticket to the first message. */
export const openWithinMs = 15_000;
export const retryMinMs = 500;
export const retryMaxMs = 10_000;

/** Doubles from 0.5 s to 10 s; half of it is chance, so that a thousand dashboards don't come back at the same instant. */
export function retryDelayMs(failures: number, random: number): number {
  const full = Math.min(retryMaxMs, retryMinMs * 2 ** Math.min(failures, 16));
  return Math.max(retryMinMs, Math.round(full * (0.5 + random / 2)));
}

export class Connection {
  private watching: Watch;
  private state: ConnectionState = { name: 'connecting', attempt: 1 };
  private socket: Socket | null = null;
  private isOpen = false;
  private isClosed = false;
  private asOf = 0;
  private failures = 0;
  /** Which attempt an answer belongs to: one that comes after its attempt was given up is ignored. */
  private attempt = 0;
  private readonly cancels = new Map<string, () => void>();
  private readonly parts: ConnectionParts;

  /** Connects at once. */
  constructor(parts: ConnectionParts, watching: Watch) {
    this.parts = parts;
    this.watching = watching;
    void this.open();
  }

  /** Looks at something else from now on; a snapshot of it follows. */
  watch(watching: Watch): void {
    this.watching = watching;
    this.say(watching);
  }

  /** The browser came back (visible, online): try or ask at once instead of waiting for a timer. */
  wake(): void {
    if (this.state.name === 'offline') void this.open();
    this.say({ op: 'tick' });
    this.say({ op: 'snapshot' });
  }

  close(): void {
    this.isClosed = true;
    this.drop();
  }

  private async open(): Promise<void> {
    this.drop();
    const attempt = this.attempt;
    this.enter({ name: 'connecting', attempt: this.failures + 1 });
    this.after('opening', openWithinMs, () => this.fail('unreachable', 'The API did not answer in time.'));
    try {
      const ticket = await this.parts.fetchTicket();
      if (attempt !== this.attempt || this.isClosed) return;
      const separator = this.parts.socketUrl.includes('?') ? '&' : '?';
      this.socket = this.parts.openSocket(`${this.parts.socketUrl}${separator}ticket=${encodeURIComponent(ticket)}`, {
        opened: () => this.opened(),
        frame: (data) => this.receive(data),
        closed: () => this.fail('closed', 'The connection was closed.'),
      });
    } catch (error) {
      if (attempt !== this.attempt || this.isClosed) return;
      this.fail(isRefusal(error) ? 'refused' : 'unreachable', sentenceOf(error));
    }
  }

  private opened(): void {
    this.isOpen = true;
    this.say(this.watching);
    this.repeat('tick', tickEveryMs, { op: 'tick' });
    this.repeat('snapshot', snapshotEveryMs, { op: 'snapshot' });
  }

  private receive(frame: unknown): void {
    const message = readServerMessage(frame);
    if (message.type === 'unreadable') this.parts.onFault(message.reason);
    else if (message.type === 'error') this.refused(message);
    else this.accept(message);
  }

  private accept(message: SnapshotMessage | TotalsMessage): void {
    this.cancels.get('opening')?.();
    this.heard(message.asOf);
    this.parts.onMessage(message);
  }

  private heard(newest: number): void {
    this.after('silent', silentAfterMs, () => this.fail('closed', 'The connection went silent.'));
    const moved = newest > this.asOf;
    this.asOf = Math.max(this.asOf, newest);
    if (!moved && this.state.name !== 'connecting') return;
    this.failures = 0;
    if (this.state.name !== 'live') this.enter({ name: 'live' });
    this.after('late', lateAfterMs, () => this.enter({ name: 'late', asOf: this.asOf }));
  }

  private refused({ code, message }: ErrorMessage): void {
    if (code === 'gone') this.fail('closed', message);
    else this.parts.onFault(`the API answered ${code}: ${message}`);
  }

  private fail(reason: 'unreachable' | 'closed' | 'refused', message: string): void {
    this.drop();
    const retryInMs = reason === 'refused' ? retryMaxMs : retryDelayMs(this.failures, this.parts.random());
    this.failures++;
    this.enter({ name: 'offline', reason, message, retryInMs });
    this.after('retry', retryInMs, () => void this.open());
  }

  /** Ends the attempt at hand: its socket, its timers, and whatever it still waits for. */
  private drop(): void {
    this.attempt++;
    this.isOpen = false;
    for (const cancel of this.cancels.values()) cancel();
    this.cancels.clear();
    this.socket?.close();
    this.socket = null;
  }

  private enter(state: ConnectionState): void {
    this.state = state;
    this.parts.onState(state);
  }

  private say(message: ClientMessage): void {
    if (this.isOpen) this.socket?.send(JSON.stringify(message));
  }

  private after(name: string, ms: number, action: () => void): void {
    this.cancels.get(name)?.();
    this.cancels.set(name, this.parts.after(ms, action));
  }

  private repeat(name: string, ms: number, message: ClientMessage): void {
    this.after(name, ms, () => {
      this.say(message);
      this.repeat(name, ms, message);
    });
  }
}

function isRefusal(error: unknown): boolean {
  return error instanceof Error && 'status' in error && (error.status === 401 || error.status === 403);
}

function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
