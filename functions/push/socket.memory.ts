import type { Socket } from './pusher.ts';

/** A socket that keeps what was posted, by connection; a connection in `gone` is gone. */
export interface MemorySocket extends Socket {
  sent: Map<string, string[]>;
  closed: Set<string>;
  gone: Set<string>;
}

export function memorySocket(): MemorySocket {
  const sent = new Map<string, string[]>();
  const gone = new Set<string>();
  const closed = new Set<string>();
  return {
    sent,
    closed,
    gone,
    async post(connectionId, message) {
      if (gone.has(connectionId)) return 'gone';
      sent.set(connectionId, [...(sent.get(connectionId) ?? []), message]);
      return 'sent';
    },
    async close(connectionId) {
      closed.add(connectionId);
      gone.add(connectionId);
    },
  };
}
