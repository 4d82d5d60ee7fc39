/**
 * What the query API answers, as `functions/query` writes it and the dashboard reads it. Instants (`at`, `from`, `to`, `asOf`,
 * `takenAt`) are ms since the epoch. `from` and `to` are the range really used: whole units of the site's local time, `to`
 * exclusive, cut at what is still kept and at the unit that holds now.
 */
import type { Role } from './account.ts';
import type { CellLayer, TilePlace } from './counter.ts';
import type { Device } from './record.ts';

export interface ErrorAnswer {
  error: { code: string; message: string };
}

export interface AnswerRange {
  from: number;
  to: number;
  /** IANA time zone of the site's hours and days. */
  zone: string;
}

export interface SitesAnswer {
  /** `role`: a user's; null: a key's or a share's site. */
  sites: { site: string; name: string; zone: string; origins: string[]; role: Role | null }[];
}

/** `asOf` is the newest instant processed, 0 before the first. `pages` counts visible loads, most first. */
export interface LiveAnswer {
  active: number;
  pages: { path: string; active: number }[];
  asOf: number;
}

export const seriesUnits = ['minute', 'hour', 'day'] as const;
export type SeriesUnit = (typeof seriesUnits)[number];

/** One unit's figures. Minutes know page views and visitors only. A day's visitors are unique in it. */
export interface SeriesPoint {
  at: number;
  pageViews: number;
  visitors: number;
  newVisitors?: number;
  sessions?: number;
  bounces?: number;
  engagedMs?: number;
  /** Of the sessions that began in this unit, summed. */
  durationMs?: number;
  events?: number;
  rage?: number;
  dead?: number;
  hesitations?: number;
}
export interface SeriesAnswer extends AnswerRange {
  unit: SeriesUnit;
  /** Oldest first, without gaps, up to the unit that holds now. */
  points: SeriesPoint[];
}

/** `pageViews` where the dimension comes with page views, `count` where it happens (outbound, download, event). */
export interface BreakdownSum {
  pageViews?: number;
  count?: number;
  /** Daily visitors, summed over the range's days. */
  visitors: number;
}
export interface BreakdownRow extends BreakdownSum {
  value: string;
}
export interface BreakdownAnswer extends AnswerRange {
  dimension: string;
  /** Most first, at most `limit`. */
  rows: BreakdownRow[];
  /** What is in no row: values beyond `limit`, and those beyond the site's bound. */
  other: BreakdownSum;
}

export interface PageSum {
  pageViews: number;
  visitors: number;
  entries: number;
  exits: number;
  engagedMs: number;
}
export interface PageRow extends PageSum {
  /** Names the page in keys, and in the address of its captures. */
  pageId: string;
  path: string;
  title: string;
  /** One address that shows it. */
  url: string;
}
export interface PagesAnswer extends AnswerRange {
  rows: PageRow[];
  other: PageSum;
}

/** x, y, width, height in document px. */
export type Box = [x: number, y: number, width: number, height: number];

/** Of a capture's surface: where an element stands in the picture. */
export interface CaptureElement {
  key: string;
  label: string;
  /** Whether a person would expect it to react to a click. */
  clickable: boolean;
  box: Box;
  /** Of an element that is cut off in part, by a pane that scrolls or hides what is beyond it: only what lies in this shows. */
  window?: Box;
}
/** A picture of a page. `image` is the API path of its JPEG (with the same bearer key). */
export interface CapturePicture {
  url: string;
  path: string;
  device: Device;
  takenAt: number;
  viewportWidth: number;
  viewportHeight: number;
  width: number;
  height: number;
  image: string;
  elements: CaptureElement[];
  /** A later attempt that gave no picture; null: the newest attempt gave this one. */
  retake: CaptureFailure | null;
}
/** Why the last attempt gave no picture. */
export interface CaptureFailure {
  error: { code: string; message: string };
  takenAt: number;
}
export type Capture = CapturePicture | CaptureFailure;

export interface HeatmapElement {
  key: string;
  label: string;
  /** As last seen, on a viewport `viewportWidth` px wide; null where it is not known. */
  box: Box | null;
  viewportWidth: number;
  clickable: boolean;
  /**
   * Where its counters of today stand in live totals (see `elementScope`): one for each block of its box that was met today;
   * none where no device was named.
   */
  places: TilePlace[];
  /** Column and row on the element's grid (see `element-grid.ts`, 4096 × 4096), and the value there. */
  cells: [col: number, row: number, value: number][];
}
export interface HeatmapAnswer extends AnswerRange {
  path: string;
  layer: CellLayer;
  /** Null: all device classes. */
  device: Device | null;
  /** What values are: a number of clicks, bursts of rage, dead clicks or hesitations, or ms of rest or dwell. */
  unit: 'count' | 'ms';
  grid: number;
  /** The picture to draw on (of the desktop where no device was named); null: none was taken. */
  capture: Capture | null;
  elements: HeatmapElement[];
  /** Sums of values: on boxes of the capture, on last seen boxes, on neither. They add up to `total`. */
  placed: { exact: number; fallback: number; none: number };
  /** The largest value of one cell, and the sum of all. */
  max: number;
  total: number;
  /** What did not fit the answer's bound of cells: the smallest. Part of `total`. */
  leftOut: { cells: number; value: number };
}

/** What a frame's cells are of, by its place in the list. */
export type PlaybackElement = Omit<HeatmapElement, 'places' | 'cells'>;
export interface PlaybackFrame {
  from: number;
  to: number;
  cells: [element: number, col: number, row: number, value: number][];
  /** Of all cells, those that were left out too. */
  total: number;
}
/** The heatmap's cells by time. */
export interface PlaybackAnswer extends AnswerRange {
  path: string;
  layer: CellLayer;
  device: Device | null;
  unit: 'count' | 'ms';
  grid: number;
  by: 'hour' | 'day';
  elements: PlaybackElement[];
  /** Oldest first, without gaps. */
  frames: PlaybackFrame[];
  /** The largest value of one cell in one frame, and the sum of all. */
  max: number;
  total: number;
  /** What did not fit the answer's bounds: the smallest. Part of `total`. */
  leftOut: { cells: number; value: number };
}

export interface ElementRow {
  key: string;
  label: string;
  box: Box | null;
  clickable: boolean;
  /** `clicks` includes taps. */
  clicks: number;
  taps: number;
  rage: number;
  /** Clicks that nothing followed. */
  dead: number;
  hovers: number;
  hoverMs: number;
  hesitations: number;
  /** Kept by day: of the whole local days that the range touches. */
  moves: number;
  restMs: number;
  /** Of fields, by day too: visits to it, how long they took, those that changed it, and how often its form was left with it. */
  focuses: number;
  focusMs: number;
  changes: number;
  abandons: number;
}
export interface ElementsAnswer extends AnswerRange {
  path: string;
  device: Device | null;
  rows: ElementRow[];
  /**
   * Whether all that was done is in the rows: false beyond `limit`, and when on some day the page had more places than are counted.
   * An element without a row may then have been touched all the same.
   */
  complete: boolean;
}

/** How far something that scrolls was read: the document, or a pane. */
export interface ScrollReach {
  /** That had it on screen; of a pane, from the moment that one of the page's panes was scrolled. */
  views: number;
  /** Twenty bands from the top; `from` and `to` are shares 0..1 of its height. */
  bands: { from: number; to: number; reached: number; msInView: number }[];
  /** Mean share 0..1 of it that shows without scrolling; null without views. */
  foldLine: number | null;
}
/** An element that scrolls by itself: its bands are of what it holds. */
export interface PaneScroll extends ScrollReach {
  key: string;
  /** As last seen, on a viewport `viewportWidth` px wide; null where it is not known. */
  box: Box | null;
  viewportWidth: number;
}
export interface ScrollAnswer extends AnswerRange, ScrollReach {
  path: string;
  device: Device | null;
  /** Most viewed first. */
  panes: PaneScroll[];
}

/** Of a marker's text, in UTF-16 units. */
export const markerTextMax = 80;

/** Something that may have changed what visitors do. `splits`: where it cuts what is kept by the hour, and by the day. */
export interface MarkerAnswer {
  at: number;
  text: string;
  splits: { hour: number; day: number };
}
export interface MarkersAnswer extends AnswerRange {
  /** Oldest first. */
  rows: MarkerAnswer[];
}

export interface MarkerRemovedAnswer {
  at: number;
}

export interface TicketAnswer {
  /** Opens one WebSocket connection, or one overlay, within 60 s. */
  ticket: string;
}

/** What an overlay gets for its ticket. */
export interface OverlayTokenAnswer {
  /** A bearer: reads the heat of one site's pages. */
  token: string;
  /** How long it does, in ms from the answer on. */
  forMs: number;
  site: string;
  name: string;
  zone: string;
  socketUrl: string;
}

export interface CaptureStartedAnswer {
  status: 'started';
}
export interface CapturesAnswer {
  path: string;
  pageId: string;
  /** The device classes that have been tried, without the boxes of their elements. Both `image` and `error`: a retake failed. */
  rows: { device: Device; takenAt: number; image: string | null; error: { code: string; message: string } | null }[];
}
