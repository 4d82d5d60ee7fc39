import { describe, expect, it } from 'vitest';
import {
  Connection,
  lateAfterMs,
  openWithinMs,
  retryDelayMs,
  retryMaxMs,
  retryMinMs,
  type SocketHandlers,
  silentAfterMs,
  snapshotEveryMs,
  tickEveryMs,
  type Watch,
} from '../../../web/live/connection.ts';

/** Timers that run when told to, in order of time. */
class Timers {
  now = 0;
  private waiting: { at: number; action: () => void }[] = [];
  after = (ms: number, action: () => void) => {
    const timer = { at: this.now + ms, action };
    this.waiting.push(timer);
    return () => {
      this.waiting = this.waiting.filter((other) => other !== timer);
    };
  };
  run(ms: number) {
    const end = this.now + ms;
    for (;;) {
      const next = this.waiting.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
      if (!next) break;
      this.waiting = this.waiting.filter((other) => other !== next);
      this.now = next.at;
      next.action();
    }
    this.now = end;
  }
  get count() {
    return this.waiting.length;
  }
}

class Socket {
  sent: string[] = [];
  isClosed = false;
  readonly url: string;
  readonly handlers: SocketHandlers;
  constructor(url: string, handlers: SocketHandlers) {
    this.url = url;
    this.handlers = handlers;
  }
  send(text: string) {
    this.sent.push(text);
  }
  close() {
    this.isClosed = true;
  }
  get ops() {
    return this.sent.map((text) => (JSON.parse(text) as { op: string }).op);
  }
  totals(asOf: number) {
    this.handlers.frame(JSON.stringify({ type: 'totals', epoch: '1', asOf, items: [] }));
  }
}

const live: Watch = { op: 'watch', view: 'live' };

function dashboard(fetchTicket: () => Promise<string> = async () => 'a ticket') {
  const timers = new Timers();
  const sockets: Socket[] = [];
  const states: string[] = [];
  const messages: unknown[] = [];
  const faults: string[] = [];
  const connection = new Connection(
    {
      socketUrl: 'ws://api/socket',
      fetchTicket,
      openSocket(url, handlers) {
        const socket = new Socket(url, handlers);
        sockets.push(socket);
        return socket;
      },
      after: timers.after,
      random: () => 1,
      onMessage: (message) => messages.push(message),
      onState: (state) => states.push(state.name),
      onFault: (reason) => faults.push(reason),
    },
    live,
  );
  const socket = (index: number) => {
    const found = sockets[index];
    if (!found) throw new Error(`socket ${index} was not opened: there are ${sockets.length}`);
    return found;
  };
  return { connection, timers, sockets, socket, states, messages, faults };
}
/** Lets the ticket's promise settle. */
const ticket = async () => {
  for (let turn = 0; turn < 5; turn++) await Promise.resolve();
};

describe('the connection', () => {
  it('fetches a ticket, opens the socket with it, watches, and is live with the first message', async () => {
    const { socket, states, messages } = dashboard();
    await ticket();
    expect(socket(0).url).toBe('ws://api/socket?ticket=a%20ticket');
    expect(socket(0).sent).toEqual([]);
    socket(0).handlers.opened();
    expect(socket(0).sent).toEqual([JSON.stringify(live)]);
    expect(states).toEqual(['connecting']);
    socket(0).totals(1_000);
    expect(states).toEqual(['connecting', 'live']);
    expect(messages).toHaveLength(1);
  });

  it('reads binary frames like text', async () => {
    const { socket, messages, states } = dashboard();
    await ticket();
    socket(0).handlers.opened();
    const bytes = new TextEncoder().encode(JSON.stringify({ type: 'totals', epoch: '1', asOf: 1, items: [] }));
    socket(0).handlers.frame(bytes.buffer);
    expect(messages).toEqual([{ type: 'totals', epoch: '1', asOf: 1, items: [] }]);
    expect(states.at(-1)).toBe('live');
  });

  it('reports a frame that it cannot use, and goes on', async () => {
    const { socket, faults, messages, states } = dashboard();
    await ticket();
    socket(0).handlers.opened();
    socket(0).handlers.frame('{"type":');
    socket(0).handlers.frame('{"type":"weather"}');
    socket(0).handlers.frame(7);
    socket(0).handlers.frame(JSON.stringify({ type: 'error', code: 'unknown-op', message: 'no such op' }));
    expect(faults).toHaveLength(4);
    socket(0).totals(1);
    expect(messages).toHaveLength(1);
    expect(states.at(-1)).toBe('live');
  });

  it('ticks every 5 s and asks for a snapshot every 60 s', async () => {
    const { socket, timers } = dashboard();
    await ticket();
    socket(0).handlers.opened();
    for (let at = 0; at < snapshotEveryMs; at += tickEveryMs) {
      socket(0).totals(at + 1);
      timers.run(tickEveryMs);
    }
    expect(socket(0).ops.filter((op) => op === 'tick')).toHaveLength(12);
    expect(socket(0).ops.filter((op) => op === 'snapshot')).toHaveLength(1);
  });

  it('is late when asOf stands still for over 12 s, though messages come, and live again when it moves', async () => {
    const { socket, timers, states } = dashboard();
    await ticket();
    socket(0).handlers.opened();
    socket(0).totals(1_000);
    timers.run(lateAfterMs - 1);
    socket(0).totals(1_000);
    expect(states.at(-1)).toBe('live');
    timers.run(1);
    expect(states.at(-1)).toBe('late');
    socket(0).totals(1_000);
    expect(states.at(-1)).toBe('late');
    socket(0).totals(1_001);
    expect(states.at(-1)).toBe('live');
  });

  it('comes back after a close with a new ticket, a new socket, and the same watch', async () => {
    const { connection, socket, timers, states } = dashboard();
    await ticket();
    socket(0).handlers.opened();
    socket(0).totals(1);
    connection.watch({ op: 'watch', view: 'heatmap', path: '/shop', device: 'mobile' });
    socket(0).handlers.closed();
    expect(states.at(-1)).toBe('offline');
    timers.run(retryMinMs);
    await ticket();
    socket(1).handlers.opened();
    socket(1).totals(2);
    expect(socket(1).sent[0]).toBe('{"op":"watch","view":"heatmap","path":"/shop","device":"mobile"}');
    expect(states).toEqual(['connecting', 'live', 'offline', 'connecting', 'live']);
  });

  it('waits longer after each failure, from 0.5 s to 10 s, and starts over once it was live', async () => {
    let isUp = false;
    const { timers, socket, sockets, states } = dashboard(async () => {
      if (!isUp) throw new Error('The API does not answer.');
      return 't';
    });
    const delays: number[] = [];
    for (let failure = 0; failure < 7; failure++) {
      await ticket();
      expect(states.at(-1)).toBe('offline');
      const before = states.length;
      const start = timers.now;
      while (states.length === before) timers.run(100);
      delays.push(timers.now - start);
    }
    expect(delays).toEqual([500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000]);
    isUp = true;
    await ticket();
    timers.run(retryMaxMs);
    await ticket();
    socket(0).handlers.opened();
    socket(0).totals(1);
    socket(0).handlers.closed();
    timers.run(500);
    await ticket();
    expect(sockets).toHaveLength(2);
  });

  it('spreads its retries by chance, within the bounds', () => {
    for (let failures = 0; failures < 40; failures++) {
      for (const random of [0, 0.3, 0.999]) {
        const delay = retryDelayMs(failures, random);
        expect(delay).toBeGreaterThanOrEqual(retryMinMs);
        expect(delay).toBeLessThanOrEqual(retryMaxMs);
      }
    }
    expect(retryDelayMs(4, 0)).toBe(4_000);
    expect(retryDelayMs(4, 1)).toBe(8_000);
  });

  it('tells a refused key from an API that is down', async () => {
    const states: string[] = [];
    for (const status of [401, 0]) {
      const { connection } = (() => {
        const timers = new Timers();
        const made = new Connection(
          {
            socketUrl: 'ws://api/socket',
            fetchTicket: async () => {
              throw Object.assign(new Error('no'), { status });
            },
            openSocket: () => {
              throw new Error('no socket is opened without a ticket');
            },
            after: timers.after,
            random: () => 0,
            onMessage: () => undefined,
            onState: (state) => states.push(state.name === 'offline' ? state.reason : state.name),
            onFault: () => undefined,
          },
          live,
        );
        return { connection: made };
      })();
      await ticket();
      connection.close();
    }
    expect(states).toEqual(['connecting', 'refused', 'connecting', 'unreachable']);
  });

  it('gives up on a socket that never opens, and on one that goes silent', async () => {
    const { timers, socket, states } = dashboard();
    await ticket();
    timers.run(openWithinMs);
    expect(states.at(-1)).toBe('offline');
    expect(socket(0).isClosed).toBe(true);
    timers.run(retryMaxMs);
    await ticket();
    socket(1).handlers.opened();
    socket(1).totals(1);
    timers.run(silentAfterMs);
    expect(states.slice(-3)).toEqual(['live', 'late', 'offline']);
    expect(socket(1).isClosed).toBe(true);
  });

  it('ignores a ticket that comes after its attempt was given up', async () => {
    let answer: (text: string) => void = () => undefined;
    const { timers, sockets } = dashboard(() => new Promise((resolve) => (answer = resolve)));
    const first = answer;
    timers.run(openWithinMs);
    first('late');
    await ticket();
    expect(sockets).toHaveLength(0);
  });

  it('asks at once when the browser wakes, and tries at once when it was offline', async () => {
    const { connection, socket, sockets } = dashboard();
    await ticket();
    socket(0).handlers.opened();
    socket(0).totals(1);
    connection.wake();
    expect(socket(0).ops).toEqual(['watch', 'tick', 'snapshot']);
    socket(0).handlers.closed();
    connection.wake();
    await ticket();
    expect(sockets).toHaveLength(2);
  });

  it('leaves nothing behind when it is closed', async () => {
    const { connection, socket, timers, states } = dashboard();
    await ticket();
    socket(0).handlers.opened();
    socket(0).totals(1);
    connection.close();
    expect(socket(0).isClosed).toBe(true);
    expect(timers.count).toBe(0);
    expect(states).toEqual(['connecting', 'live']);
  });
});
