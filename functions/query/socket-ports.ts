import type { Socket } from '../push/pusher.ts';
import type { QueryPorts } from './query-ports.ts';

/** Everything outside that the WebSocket door reads, writes or waits for. */
export interface SocketPorts
  extends Pick<QueryPorts, 'epoch' | 'sites' | 'counters' | 'progress' | 'connections' | 'stream' | 'ticks' | 'sleep'> {
  socket: Socket;
  access: Pick<QueryPorts['access'], 'read'>;
  users: Pick<QueryPorts['users'], 'signedOutAt'>;
  /** Connections whose watch this instance has lately renewed. */
  renewals: Renewals;
}

/**
 * A watch stands for 150 s, and a dashboard's resync each 60 s renews it. A tick (each 5 s) does so only when neither has
 * happened lately: a read and a write less, and less chance to write back the topics of a view that was just left.
 */
export interface Renewals {
  /** The connection's site when its watch was renewed less than `renewalMs` ago; null: look it up, and renew. */
  recent(id: string, now: number): string | null;
  renewed(id: string, site: string, now: number): void;
  forget(id: string): void;
}

export const renewalMs = 90_000;
const connectionsKeptMax = 5_000;

export function memoryRenewals(): Renewals {
  const known = new Map<string, { site: string; at: number }>();
  return {
    recent(id, now) {
      const entry = known.get(id);
      return entry && now - entry.at < renewalMs ? entry.site : null;
    },
    renewed(id, site, now) {
      if (known.size >= connectionsKeptMax) known.clear();
      known.set(id, { site, at: now });
    },
    forget(id) {
      known.delete(id);
    },
  };
}
