/**
 * The conversation between a dashboard and the socket. The dashboard says what it looks at; it gets a snapshot in numbered
 * parts, then totals as they change, and merges both alike: per counter, the larger wins. A newer epoch replaces all.
 */
import type { Device } from './record.ts';

export const messageBytesMax = 32_000;

export type ClientMessage =
  | { op: 'watch'; view: 'live' }
  | { op: 'watch'; view: 'heatmap'; path: string; device?: Device }
  /** A quiet resync (each 60 s) of what is being watched. */
  | { op: 'snapshot' }
  /** Asks for progress when nothing else moves: at most every 5 s a site. Keeps the connection from idling out, too. */
  | { op: 'tick' };

/** `[pk, sk, counters, texts]` */
export type WireTotals = [pk: string, sk: string, counters: Record<string, number>, texts?: Record<string, string>];

/** One row of the live feed: what a visitor just did. Not counted by the dashboard, only shown. */
export interface FeedRow {
  at: number;
  /** Distinguishes rows that are otherwise alike. */
  id: string;
  what: 'view' | 'click' | 'rage' | 'dead' | 'leave' | 'outbound' | 'custom';
  path: string;
  label: string;
  device: Device;
  country: string;
  browser: string;
}

export interface SnapshotMessage {
  type: 'snapshot';
  epoch: string;
  /** Parts `part` = 0 .. `parts` − 1 of the snapshot numbered `id`. */
  id: number;
  part: number;
  parts: number;
  asOf: number;
  items: WireTotals[];
}
export interface TotalsMessage {
  type: 'totals';
  epoch: string;
  asOf: number;
  items: WireTotals[];
  feed?: FeedRow[];
}
/** Named refusals. The connection stays open unless `code` is `gone`. */
export interface ErrorMessage {
  type: 'error';
  code: 'bad-message' | 'unknown-op' | 'gone';
  message: string;
}
export type ServerMessage = SnapshotMessage | TotalsMessage | ErrorMessage;

/**
 * What a connection may look at, as stored with it: items are pushed to the connections that watch their topic.
 * `live`: the site's live, hour, page and value items. Otherwise the partition of a page's elements, without its epoch: whoever
 * watches when another epoch comes into use goes on being told.
 */
export type Topic = 'live' | (string & { readonly topic?: unique symbol });

/** The topic that an item belongs to; null: nobody is told of it. */
export function topicOf(pk: string): Topic | null {
  const kind = pk.split('|')[2];
  if (kind === 'transition' || kind === 'goal' || kind === 'session') return null;
  return kind === 'element' ? pk.slice(pk.indexOf('|') + 1) : 'live';
}
