/**
 * What the snippet sends: one batch, its events and their bounds. The snippet writes exactly these tuples, ingest validates
 * them, and they travel unchanged (but for `age`) through the stream and the archive to the fold.
 *
 * Tuples, not objects: a batch of 25 events is about half the size, and nothing has to be decoded twice.
 */

/**
 * The format that this build writes. Decode accepts this one and the one before: open tabs outlive a deploy. It changes with the
 * meaning of what is already sent; a new kind of event does not change it: ingest and the processor know it before any snippet
 * does (it must be uploaded after the functions), and nothing older ever reads what was written since.
 */
export const formatVersion = 1;
export const formatVersionsAccepted: readonly number[] = [1];

/** Bounds of one request. A larger body is answered 413, a longer list 400 `too-many-events` and so on. */
export const bodyBytesMax = 61_440;
/** Bodies sent while unloading: all keepalive requests in flight share 64 KiB. */
export const unloadBodyBytesMax = 30_720;
export const eventsPerBatchMax = 250;
export const pagesPerBatchMax = 32;
export const elementsPerBatchMax = 250;
export const pathLengthMax = 512;
export const titleLengthMax = 200;
export const urlLengthMax = 512;
export const elementKeyLengthMax = 200;
export const labelLengthMax = 60;
export const nameLengthMax = 64;
export const propertiesPerEventMax = 8;
export const propertyLengthMax = 120;
export const pixelsMax = 100_000;
/** A batch made longer ago than this is refused (`too-old`). */
export const batchAgeMaxMs = 24 * 3_600_000;

/** Scroll depth and time in view are kept for twenty bands of 5 % of the document's height, or of what a pane holds. */
export const scrollBandCount = 20;

export const kind = {
  view: 0,
  click: 1,
  rage: 2,
  move: 3,
  hover: 4,
  reach: 5,
  bands: 6,
  engaged: 7,
  heartbeat: 8,
  hide: 9,
  show: 10,
  leave: 11,
  outbound: 12,
  download: 13,
  custom: 14,
  dead: 15,
  field: 16,
  abandon: 17,
  paneReach: 18,
  paneBands: 19,
  vitals: 20,
} as const;

/** How a page view came about. `restore` is a return from the back/forward cache. */
export const navigation = { load: 0, push: 1, replace: 2, pop: 3, hash: 4, restore: 5, manual: 6 } as const;

/** Bits of a click's `flags`. */
export const clickFlag = { touch: 1, modifier: 2, keyboard: 4, middle: 8, right: 16 } as const;

/**
 * `age`: on the wire, whole milliseconds before the batch was made (`t`); on the stream, before its receipt.
 * `page`, `element`: index into the batch's lists. `col`, `row`: the cell, 0..4095 (see `element-grid.ts`).
 */
export type ViewEvent = [kind: typeof kind.view, age: number, page: number, navigation: number];
export type ClickEvent = [
  kind: typeof kind.click,
  age: number,
  element: number,
  col: number,
  row: number,
  flags: number,
];
/** The third click within 1 s, each within 30 px of the one before; `clicks` is how many the burst has so far (3 when first sent, then one event per further click). */
export type RageEvent = [
  kind: typeof kind.rage,
  age: number,
  element: number,
  col: number,
  row: number,
  clicks: number,
];
/** Nothing followed a click (the rules are in `snippet/capture/dead.ts`); told when that is certain, where the click was. */
export type DeadEvent = [kind: typeof kind.dead, age: number, element: number, col: number, row: number];
/**
 * A visit to a field of a form, or to one that stands alone: it had the focus for `ms`. `changed` = 1: something was entered or
 * chosen meanwhile. Never what, nor how much.
 */
export type FieldEvent = [kind: typeof kind.field, age: number, element: number, ms: number, changed: number];
/** The page was left, or another viewed, with this as the last field touched, and its form not sent since. */
export type AbandonEvent = [kind: typeof kind.abandon, age: number, element: number];
/** A spot where the pointer rested for `restMs` (100..10000); `speed` is the way there in px/s. The element is a sectioning container. */
export type MoveEvent = [
  kind: typeof kind.move,
  age: number,
  element: number,
  col: number,
  row: number,
  restMs: number,
  speed: number,
];
/** The pointer stayed `ms` (at least 300) over something clickable. `hesitated` = 1: at least 1 s and no click followed. */
export type HoverEvent = [
  kind: typeof kind.hover,
  age: number,
  element: number,
  col: number,
  row: number,
  ms: number,
  hesitated: number,
];
/** Bands `from`..`to` (inclusive) came into view for the first time in this page view. */
export type ReachEvent = [kind: typeof kind.reach, age: number, page: number, from: number, to: number];
/** Time in view per band since the last such event: flat pairs band, ms. */
export type BandsEvent = [kind: typeof kind.bands, age: number, page: number, pairs: number[]];
/**
 * The same for a pane: an element that scrolls by itself, beside the document (or the pane that stands for it). Bands of what it holds,
 * from the moment in a page view at which one of the page's panes is scrolled;
 * `heldPx` is how high that is, told with the first such event of a page view, and 0 after it.
 */
export type PaneReachEvent = [
  kind: typeof kind.paneReach,
  age: number,
  element: number,
  from: number,
  to: number,
  heldPx: number,
];
export type PaneBandsEvent = [kind: typeof kind.paneBands, age: number, element: number, pairs: number[]];
/**
 * The load's Web Vitals, told once for it when it is first hidden or left, and once for each return from the back/forward cache. `page`
 * is the first one that it showed. Null: the browser does not tell, or there was nothing to tell. LCP and INP in ms, CLS in
 * ten-thousandths (see `vital.ts`).
 */
export type VitalsEvent = [
  kind: typeof kind.vitals,
  age: number,
  page: number,
  lcp: number | null,
  inp: number | null,
  cls: number | null,
];
/** Visible and active time (input within the last 30 s) since the last such event. */
export type EngagedEvent = [kind: typeof kind.engaged, age: number, page: number, ms: number];
export type HeartbeatEvent = [kind: typeof kind.heartbeat, age: number, page: number];
export type HideEvent = [kind: typeof kind.hide, age: number, page: number];
export type ShowEvent = [kind: typeof kind.show, age: number, page: number];
export type LeaveEvent = [kind: typeof kind.leave, age: number, page: number];
/** `url` without query and fragment. */
export type OutboundEvent = [kind: typeof kind.outbound, age: number, page: number, url: string];
export type DownloadEvent = [kind: typeof kind.download, age: number, page: number, url: string];
export type CustomEvent = [
  kind: typeof kind.custom,
  age: number,
  page: number,
  name: string,
  properties: Record<string, string | number | boolean>,
];

export type PulseEvent =
  | ViewEvent
  | ClickEvent
  | RageEvent
  | MoveEvent
  | HoverEvent
  | ReachEvent
  | BandsEvent
  | EngagedEvent
  | HeartbeatEvent
  | HideEvent
  | ShowEvent
  | LeaveEvent
  | OutboundEvent
  | DownloadEvent
  | CustomEvent
  | DeadEvent
  | FieldEvent
  | AbandonEvent
  | PaneReachEvent
  | PaneBandsEvent
  | VitalsEvent;

/** Events that were somewhere on an element: they tell its cell. */
export type SpotEvent = ClickEvent | RageEvent | MoveEvent | HoverEvent | DeadEvent;
/** Events whose third field is an index into `elements`; all others name a page. */
export type ElementEvent = SpotEvent | FieldEvent | AbandonEvent | PaneReachEvent | PaneBandsEvent;
export const elementKinds: readonly number[] = [
  ...[kind.click, kind.rage, kind.move, kind.hover, kind.dead],
  ...[kind.field, kind.abandon, kind.paneReach, kind.paneBands],
];

/**
 * A page as it was at one viewport; a resize across a device class starts a new entry.
 * `path` is the pathname (and the hash where `data-hash` is set), without query. `referrer` is the external referrer's URL
 * without query, or ''. `utm` is source, medium, campaign, term, content ('' where absent), or [] when none is there.
 */
export type WirePage = [
  path: string,
  title: string,
  referrer: string,
  viewportWidth: number,
  viewportHeight: number,
  documentHeight: number,
  utm: string[],
];

/** `x`, `y`, `width`, `height`: the box in document px at first mention. `clickable`: 1 for links, buttons, fields and the like. */
export type WireElement = [
  page: number,
  key: string,
  label: string,
  x: number,
  y: number,
  width: number,
  height: number,
  clickable: number,
];

/**
 * One request's body. All but `s` and `i` is fixed once the batch has been sent for the first time: a retry carries the same
 * content and number, so that the server can count it once. `s` is when this attempt was sent, by the same clock as `t`:
 * their difference is the batch's age, whatever the visitor's clock says.
 */
export interface Batch {
  /** Format version. */
  v: number;
  /** The site's write key (`data-site`). */
  k: string;
  /** The load: 16 hex digits made by the snippet for this document load, kept in memory only. */
  l: string;
  /** The batch's number within the load: 0, 1, 2 … */
  n: number;
  /** When the batch was made and when this attempt was sent, ms since the epoch by the visitor's clock. */
  t: number;
  s: number;
  /** The load's sealed identity token, as the first answer gave it. */
  i?: string;
  /** The page's origin, such as `https://shop.example`. */
  o: string;
  /** `navigator.language`. */
  g: string;
  p: WirePage[];
  e: WireElement[];
  x: PulseEvent[];
}

/** The answer to an accepted batch (202). `token` comes with the answer to a batch that had none. */
export interface Accepted {
  watched: boolean;
  /** While watched, movement is sent this often: 1000..10000 ms. */
  everyMs: number;
  token?: string;
}
