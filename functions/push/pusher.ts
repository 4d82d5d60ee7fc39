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

/** What became of a push. */
export interface Pushed {
  messages: number;
  bytes: number;
  /** Connections that are there no more. */
  gone: number;
  /** Posts, or lists of watchers, that failed for another reason. */
  failures: number;
}

export function nothingPushed(): Pushed {
  return { messages: 0, bytes: 0, gone: 0, failures: 0 };
}

export interface Pusher {
  /** Sends each update to those who watch the site, each only what its topics cover. A failing or gone connection harms no other, and never the caller. */
  push(updates: SiteUpdate[]): Promise<Pushed>;
}

/** One open WebSocket connection, seen from the functions. */
export interface Socket {
  /** @throws when the message could not be handed over for any reason but a gone connection. */
  post(connectionId: string, message: string): Promise<'sent' | 'gone'>;
  /** Ends it; does nothing when it is gone. */
  close(connectionId: string): Promise<void>;
}

/** For whoever folds what was shown before. */
export const silentPusher: Pusher = { push: async () => nothingPushed() };
