import type { Topic } from '../contract/live.ts';
import { everyMsMin, everyMsUnknown } from '../contract/watch.ts';
import type { Connection, ConnectionStore, Ticket } from './connection-store.ts';
import { connectionMs, ticketMs, watchMs } from './watch-time.ts';

interface Open extends Connection {
  /** When its watch and it itself end, ms since the epoch; 0: it watches nothing yet. */
  watchedUntil: number;
  expiresAt: number;
}

/** Connections in this process's memory. Tickets are numbered, so this is no store to open to strangers. */
export function memoryConnectionStore(): ConnectionStore {
  const tickets = new Map<string, Ticket & { expiresAt: number }>();
  const open = new Map<string, Open>();
  const paces = new Map<string, number>();
  let ticketCount = 0;

  const watching = (site: string, now: number) =>
    [...open.values()].filter((one) => one.site === site && one.watchedUntil > now && one.expiresAt > now);

  return {
    async issueTicket(opens, now) {
      const ticket = `ticket-${++ticketCount}`;
      tickets.set(ticket, { ...opens, expiresAt: now + ticketMs });
      return ticket;
    },
    async redeemTicket(ticket, now) {
      const found = tickets.get(ticket);
      tickets.delete(ticket);
      if (!found || found.expiresAt <= now) return null;
      const { expiresAt, ...opens } = found;
      return { ...opens, issuedAt: expiresAt - ticketMs };
    },
    async connect(connection, now, until) {
      const watchedUntil = connection.topics.length > 0 ? now + watchMs : 0;
      open.set(connection.id, { ...copyOf(connection), watchedUntil, expiresAt: until ?? now + connectionMs });
    },
    async watch(id: string, topics: Topic[], now) {
      const connection = open.get(id);
      if (!connection || connection.expiresAt <= now) return null;
      connection.topics = [...topics];
      connection.watchedUntil = now + watchMs;
      return copyOf(connection);
    },
    async find(id) {
      const connection = open.get(id);
      return connection ? copyOf(connection) : null;
    },
    async disconnect(id) {
      const site = open.get(id)?.site ?? '';
      open.delete(id);
      // A pace does not outlive the last watcher.
      if (![...open.values()].some((one) => one.site === site && one.watchedUntil > 0)) paces.delete(site);
    },
    connectionsOf: async (site) => [...open.values()].filter((one) => one.site === site).map(copyOf),
    watchers: async (site, now) => watching(site, now).map(copyOf),
    async watchOf(site, now) {
      const watched = watching(site, now).length > 0;
      return { watched, everyMs: watched ? (paces.get(site) ?? everyMsUnknown) : everyMsMin };
    },
    async setPace(site, everyMs) {
      if ([...open.values()].some((one) => one.site === site && one.watchedUntil > 0)) paces.set(site, everyMs);
    },
  };
}

function copyOf({ id, site, topics, by }: Connection): Connection {
  return { id, site, topics: [...topics], by: { ...by } };
}
