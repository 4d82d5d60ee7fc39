import type { Totals } from '../contract/counter.ts';
import type { FeedRow } from '../contract/live.ts';

/** What changed at one site. */
export interface SiteUpdate {
  site: string;
  asOf: number;
  items: Totals[];
  /** Newest last; at most `feedRowsPerPushMax` are sent. */
  feed: FeedRow[];
}

export interface Pusher {
  /** Sends each update to those who watch the site, each only what its topics cover. A failing or gone connection harms no other, and never the caller. */
  push(updates: SiteUpdate[]): Promise<void>;
}

/** One open WebSocket connection, seen from the functions. */
export interface Socket {
  /** @throws when the message could not be handed over for any reason but a gone connection. */
  post(connectionId: string, message: string): Promise<'sent' | 'gone'>;
}
