import type { Topic } from '../contract/live.ts';
import type { Watch } from '../contract/watch.ts';

export interface Connection {
  id: string;
  site: string;
  /** What it looks at: items of these topics are pushed to it. */
  topics: Topic[];
}

/** What a ticket opens. */
export interface Ticket {
  site: string;
  /** When what it opens ends, ms since the epoch: it was bought with an overlay's token. Null: bought with a key. */
  until: number | null;
}

/** Tickets, open connections with what they look at, and the flag by which ingest knows that a site is watched. */
export interface ConnectionStore {
  /** A ticket that opens one connection to `site` (or its overlay) within 60 s; what it opens ends at `until`. */
  issueTicket(site: string, now: number, until?: number | null): Promise<string>;
  /** Uses a ticket up; null: unknown, used or expired. */
  redeemTicket(ticket: string, now: number): Promise<Ticket | null>;
  /** `until`: nothing is pushed to it from then on, and it can watch nothing. */
  connect(connection: Connection, now: number, until?: number | null): Promise<void>;
  /** Sets what a connection looks at, and marks the site as watched; null: there is no such connection, or its time is over. */
  watch(id: string, topics: Topic[], now: number): Promise<Connection | null>;
  find(id: string): Promise<Connection | null>;
  disconnect(id: string): Promise<void>;
  /** Who looks at a site. */
  watchers(site: string, now: number): Promise<Connection[]>;
  /** Whether anybody does, and the pace for its pages: one cheap read. */
  watchOf(site: string, now: number): Promise<Watch>;
  /** Sets the pace at which a watched site's pages send movement. */
  setPace(site: string, everyMs: number): Promise<void>;
}
