/**
 * What `…/sessions` and `…/sessions/{id}` answer. Instants (`start`, `last`, `at`, `from`, `to`, `completeTo`) are ms since the
 * epoch. A session is a visitor's activity with no gap over 30 min, of 24 h at most, and stands on the site's local date of its first event.
 */
import type { AnswerRange } from './answer.ts';
import type { Device } from './record.ts';
import type { SessionReplay } from './session-replay.ts';
import type { Signal } from './signal.ts';

/** Sessions an answer holds at most, and where `limit` is left out. */
export const sessionsPerAnswerMax = 200;
export const sessionsPerAnswerDefault = 50;
/** Events of a timeline. */
export const sessionEventsMax = 2_000;

export interface SessionRow {
  /** Names it in addresses: opaque, and the same for as long as it is kept. */
  id: string;
  /** The site's local date that it stands on, YYYY-MM-DD, and its visitor of that day: together they name who is to be erased. */
  day: string;
  visitor: string;
  start: number;
  /** The newest that is known of it. */
  last: number;
  durationMs: number;
  pageViews: number;
  clicks: number;
  /** Bursts of clicks, and clicks that nothing followed. */
  rage: number;
  dead: number;
  engagedMs: number;
  /** Paths that it was entered and (last) left by; null before its first page view. Cut at 200 characters. */
  entry: string | null;
  exit: string | null;
  /** What was met in the view that it was left by, or is on. */
  signals: Signal[];
  device: Device;
  /** ISO 3166-1 alpha-2, or '' where unknown; so are the others. */
  country: string;
  browser: string;
  os: string;
  language: string;
  /** Host that it came from, '' for none. */
  referrer: string;
  /** A page of it is visible as of the newest instant processed. */
  live: boolean;
}

/** Those that began in the range. */
export interface SessionsAnswer extends AnswerRange {
  /** Newest first. */
  rows: SessionRow[];
  /** `cursor` of the next page; null: there is none. A page may be shorter than `limit`, even empty, and have a next one. */
  next: string | null;
}

/** Hovers that ended without a click after 1 s or more are hesitations. Moves and heartbeats are not told. */
export const sessionEventKinds = [
  'view',
  'click',
  'tap',
  'rage',
  'dead',
  'hover',
  'hesitation',
  'scroll',
  'field',
  'abandon',
  'engaged',
  'hide',
  'show',
  'leave',
  'outbound',
  'download',
  'event',
] as const;
export type SessionEventKind = (typeof sessionEventKinds)[number];

export interface SessionEvent {
  at: number;
  /** Which of the session's document loads: 0 is the one that told something first, and so on. Two at once are two tabs. */
  load: number;
  /** Path, after the site's path rules. */
  page: string | null;
  what: SessionEventKind;
  /** What it happened on. `x`, `y`: where inside its box, 0..1; null where only the element is known. */
  element?: { key: string; label: string; x: number | null; y: number | null };
  /**
   * Of a view: the page's title. Rage: clicks of the burst. Hover, hesitation, field, engaged: ms. Scroll: per cent of the page
   * (or of the pane that `element` names) seen so far. Outbound, download: the URL without query. Event: its name.
   */
  value?: string | number;
  /** Of an event: its properties. */
  properties?: Record<string, string | number | boolean>;
  /** Of a field: whether something was entered or chosen. Never what. */
  changed?: boolean;
}

export interface SessionAnswer {
  session: SessionRow;
  /** Oldest first; of one instant, in the order of their load. At most `sessionEventsMax`. */
  events: SessionEvent[];
  /** What the timeline does not tell: where the pointer rested, and where the elements stood. */
  replay: SessionReplay;
  /** The archive, and so the timeline, holds everything received before this. */
  completeTo: number;
  /** There is more than is answered: of a timeline that is too long, the first events are told. */
  truncated: boolean;
}
