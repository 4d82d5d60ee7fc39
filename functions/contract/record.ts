import type { PulseEvent } from './event.ts';

/** One of the site's device classes, by viewport width: ≥ 1024 px, ≥ 600 px, below. */
export type Device = 'desktop' | 'tablet' | 'mobile';
export const devices: readonly Device[] = ['desktop', 'tablet', 'mobile'];

export function deviceOf(viewportWidth: number): Device {
  return viewportWidth >= 1024 ? 'desktop' : viewportWidth >= 600 ? 'tablet' : 'mobile';
}

export interface RecordPage {
  /** After the site's path rules: what is counted. */
  path: string;
  /** The path as the browser had it, for a capture to open. */
  rawPath: string;
  title: string;
  device: Device;
  viewportWidth: number;
  viewportHeight: number;
  documentHeight: number;
  /** Host of an external referrer without `www.`, or ''. */
  referrer: string;
  /** source, medium, campaign, term, content; [] when none. */
  utm: string[];
}

export interface RecordElement {
  page: number;
  key: string;
  label: string;
  /** x, y, width, height in document px. */
  box: [number, number, number, number];
  clickable: boolean;
}

/**
 * A decoded, enriched batch: the JSON that one Kinesis record holds. It has no address and no user agent.
 * An event's time is `receivedAt − age`.
 */
export interface StreamRecord {
  v: number;
  site: string;
  /** The version of the site's configuration under which this was accepted. */
  config: number;
  visitor: string;
  load: string;
  n: number;
  /** When ingest received it, ms since the epoch. */
  receivedAt: number;
  origin: string;
  /** ISO 3166-1 alpha-2, or '' where unknown. */
  country: string;
  browser: string;
  os: string;
  /** Primary language subtag, lower case, or ''. */
  language: string;
  pages: RecordPage[];
  elements: RecordElement[];
  events: PulseEvent[];
}

/**
 * A request to show progress: put on every shard of the stream while somebody looks at a site, so that "now" can be told from
 * "stuck" when no visitor sends anything. It changes no counter; the processor answers it by writing the site's progress.
 */
export interface TickRecord {
  v: number;
  tick: string;
  receivedAt: number;
}

export type AnyRecord = StreamRecord | TickRecord;

export function isTick(record: AnyRecord): record is TickRecord {
  return 'tick' in record;
}
