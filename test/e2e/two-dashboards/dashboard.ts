import WebSocket from 'ws';
import { createApi } from '../../../web/live/api.ts';
import { Connection, type Socket, type SocketHandlers, snapshotEveryMs } from '../../../web/live/connection.ts';
import { createLiveStore, type LiveSnapshot } from '../../../web/live/store.ts';

/** A dashboard without its pixels: the dashboard's own connection and merging, over a socket of Node. */
export interface Dashboard {
  now(): LiveSnapshot;
  /** How often a whole snapshot has come after a connection was opened. */
  completed(): number;
  /** Cuts the socket off, as a network does; the dashboard notices and comes back by itself. */
  cut(): void;
  close(): void;
}

export interface Watched {
  urls: { apiUrl: string; socketUrl: string };
  cloud: { site: string };
}

function refuse(reason: string): never {
  throw new Error(`the dashboard could not use what it was sent: ${reason}`);
}

/**
 * Watches the live view from now on.
 * @param resyncs false: without the quiet resync, so that what it knows in the end was pushed to it
 */
export function openDashboard(
  product: Watched,
  apiKey: string,
  resyncs: boolean,
  onFault: (reason: string) => void = refuse,
): Dashboard {
  const store = createLiveStore({ nextFrame: (draw) => draw(), feed: [], keepFeed: () => undefined });
  const api = createApi({ apiUrl: product.urls.apiUrl, bearer: async () => apiKey, site: product.cloud.site, fetch });
  let cut: () => void = () => undefined;
  let awaitsSnapshot = true;
  let completed = 0;
  const connection = new Connection(
    {
      socketUrl: product.urls.socketUrl,
      fetchTicket: () => api.ticket(),
      openSocket(url, handlers) {
        const opened = openSocket(url, handlers);
        cut = opened.cut;
        return opened.socket;
      },
      after(ms, action) {
        if (ms === snapshotEveryMs && !resyncs) return () => undefined;
        const timer = setTimeout(action, ms);
        return () => clearTimeout(timer);
      },
      random: Math.random,
      onMessage(message) {
        store.receive(message);
        if (!awaitsSnapshot || message.type !== 'snapshot' || message.part !== message.parts - 1) return;
        awaitsSnapshot = false;
        completed++;
      },
      onState(state) {
        store.setConnection(state);
        if (state.name === 'connecting') awaitsSnapshot = true;
      },
      onFault,
    },
    { op: 'watch', view: 'live' },
  );
  return {
    now: () => store.getSnapshot(),
    completed: () => completed,
    cut: () => cut(),
    close: () => connection.close(),
  };
}

function openSocket(url: string, handlers: SocketHandlers): { socket: Socket; cut(): void } {
  const socket = new WebSocket(url);
  socket.on('open', () => handlers.opened());
  socket.on('message', (data) => handlers.frame(data));
  socket.on('close', () => handlers.closed());
  // A close follows each error, as in a browser.
  socket.on('error', () => undefined);
  return {
    socket: {
      send: (text) => socket.send(text),
      close() {
        socket.removeAllListeners();
        socket.on('error', () => undefined);
        socket.close();
      },
    },
    cut: () => socket.terminate(),
  };
}
