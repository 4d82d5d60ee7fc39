import type { Holder } from '../contract/account.ts';
import type { Topic } from '../contract/live.ts';
import type { Watch } from '../contract/watch.ts';

export interface Connection {
  id: string;
  site: string;
  /** What it looks at: items of these topics are pushed to it. */
  topics: Topic[];
  /** Whose right it rests on: nothing is sent to it when that has ended. */
  by: Holder;
}

/** What a ticket opens. */
export interface Ticket {
  site: string;
  /** When what it opens ends, ms since the epoch, as the bearer does that it was bought with; null: that has no end. */
  until: number | null;
  by: Holder;
  /** It was bought with an overlay's token: it opens the WebSocket, and no overlay. */
  ofOverlay: boolean;
}

/** Tickets, open connections with what they look at, and the flag by which ingest knows that a site is watched. */
export interface ConnectionStore {
  /** A ticket that opens one connection to its site (or an overlay there) within 60 s. */
  issueTicket(opens: Ticket, now: number): Promise<string>;
  /** Uses a ticket up; null: unknown, used or expired. `issuedAt`: ms since the epoch. */
  redeemTicket(ticket: string, now: number): Promise<(Ticket & { issuedAt: number }) | null>;
  /** `until`: nothing is pushed to it from then on, and it can watch nothing. */
  connect(connection: Connection, now: number, until?: number | null): Promise<void>;
  /** Sets what a connection looks at, and marks the site as watched; null: there is no such connection, or its time is over. */
  watch(id: string, topics: Topic[], now: number): Promise<Connection | null>;
  find(id: string): Promise<Connection | null>;
  disconnect(id: string): Promise<void>;
  /** All connections to a site that are known, looking or not. */
  connectionsOf(site: string): Promise<Connection[]>;
  /** Who looks at a site. */
  watchers(site: string, now: number): Promise<Connection[]>;
  /** Whether anybody does, and the pace for its pages: one cheap read. */
  watchOf(site: string, now: number): Promise<Watch>;
  /** Sets the pace at which a watched site's pages send movement. */
  setPace(site: string, everyMs: number): Promise<void>;
}
