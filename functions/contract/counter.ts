/**
 * The counters: which items there are, how they are keyed and what their attributes are called. A counter only grows; what can
 * be taken back is a pair in the same item. Keys and names are written and read here and nowhere else.
 *
 * Names are short because every byte of an item is billed on every write.
 */
import { formatCell, formatDigit, parseCell, parseDigit } from './element-grid.ts';
import { type PlaceGroup, placeGroups } from './place.ts';
import type { Device } from './record.ts';
import type { Vital } from './vital.ts';

/** An item's key; `pk` names what is read together. */
export interface ItemKey {
  pk: string;
  sk: string;
}

/** What a record adds to one item: counters to add to, and texts to set (facts about the item, such as a page's title). */
export interface Increment {
  key: ItemKey;
  counters: Record<string, number>;
  texts: Record<string, string>;
}

/** An item's counters after adding, as read or pushed: all of them, or those that changed. */
export interface Totals {
  key: ItemKey;
  counters: Record<string, number>;
  texts: Record<string, string>;
}

/** Bound of an item, and of what one update may add to (DynamoDB allows 300 operators an expression). */
export const itemBytesMax = 4096;
export const countersPerUpdateMax = 280;

/** One identity for an item, for maps and messages. Neither part holds a line break. */
export function keyText(key: ItemKey): string {
  return `${key.pk}\n${key.sk}`;
}
export function parseKeyText(text: string): ItemKey {
  const [pk = '', sk = ''] = text.split('\n');
  return { pk, sk };
}

export type ItemKind = 'live' | 'hour' | 'page' | 'value' | 'transition' | 'element' | 'goal' | 'session';

// ── live: one minute of one site, in static tiles of pages ─────────────────────────────────────────────────────────────
// A session's presence stands in the tile of its page, so that one item holds the session's and the page's windows: a sign of
// life is one write. 256 tiles keep each item under its bound with 1,000 pages all busy in every window.

export const windowMs = 5_000;
export const windowsPerMinute = 12;
/** The current window and nine before it: a sign of life counts for 45-50 s. */
export const windowsActive = 10;
export const liveTileCount = 256;

/** Whole windows since the epoch. */
export function windowOf(at: number): number {
  return Math.floor(at / windowMs);
}

export function liveKey(epoch: string, site: string, minute: number, pageId: string): ItemKey {
  return { pk: livePartition(epoch, site, minute), sk: liveTile(pageId) };
}
export function livePartition(epoch: string, site: string, minute: number): string {
  return `${epoch}|${site}|live|${minute}`;
}
/** Static: a function of the page alone. Page ids are hashes, so their first characters spread evenly. */
export function liveTile(pageId: string): string {
  let sum = 0;
  for (const char of pageId) sum = (sum * 31 + char.charCodeAt(0)) % liveTileCount;
  return sum.toString(16).padStart(2, '0');
}

/** Sessions that arrived in (`A`) or left (`L`) a window of the item's minute. */
export function sessionWindowName(side: 'A' | 'L', window: number): string {
  return `${side}${(window % windowsPerMinute).toString(12)}`;
}
/** Visible loads of a page that arrived in or left a window. */
export function pageWindowName(pageId: string, side: 'A' | 'L', window: number): string {
  return `${pageId}${side}${(window % windowsPerMinute).toString(12)}`;
}
/** Reads either kind of window name; null for any other counter. `slot` is the window within the minute, 0..11. */
export function parseWindowName(name: string): { pageId: string | null; side: 'A' | 'L'; slot: number } | null {
  const match = /^(?:([\w-]{8}))?([AL])([0-9ab])$/.exec(name);
  if (!match) return null;
  return { pageId: match[1] ?? null, side: match[2] as 'A' | 'L', slot: Number.parseInt(match[3] ?? '0', 12) };
}
/** Names in a live item beside windows: page views and visitors of this minute. Text `at`: newest instant processed (ms). */
export const minuteName = { pageViews: 'pv', visitors: 'vi' } as const;

// ── hour: one local hour of one site: series and the small breakdowns ─────────────────────────────────────────────────

export function hourKey(epoch: string, site: string, day: string, hour: number): ItemKey {
  return { pk: hourPartition(epoch, site, day), sk: hourText(hour) };
}
export function hourPartition(epoch: string, site: string, day: string): string {
  return `${epoch}|${site}|hour|${day}`;
}
/** `2026-11-23T14:00Z`; inverse: `parseHourText`. */
export function hourText(hour: number): string {
  return `${new Date(hour).toISOString().slice(0, 16)}Z`;
}
export function parseHourText(text: string): number {
  return Date.parse(text);
}

/**
 * `visitors` are unique in the hour; `newVisitors` were first seen today in it (they add up to the day's). Bounces now =
 * bounced − unbounced. `engagedMs` is visible and active time. `durationMs`: of the sessions that stand here, from their first event to
 * their last that is more than a heartbeat.
 */
export const seriesName = {
  pageViews: 'pv',
  visitors: 'vi',
  newVisitors: 'nv',
  sessions: 'se',
  bounced: 'bo',
  unbounced: 'ub',
  engagedMs: 'en',
  durationMs: 'du',
  events: 'ev',
  rage: 'ra',
  dead: 'de',
  hesitations: 'he',
} as const;

/** Breakdowns with few values, kept in the hour item. */
export const smallDimensions = ['country', 'browser', 'os', 'device', 'language', 'viewport'] as const;
export type SmallDimension = (typeof smallDimensions)[number];
const smallLetter: Record<SmallDimension, string> = {
  country: 'c',
  browser: 'b',
  os: 'o',
  device: 'd',
  language: 'l',
  viewport: 'w',
};

/** `p` page views, `v` visitors (first time today with this value). */
export function smallName(dimension: SmallDimension, value: string, measure: 'p' | 'v'): string {
  return `${smallLetter[dimension]}:${value}:${measure}`;
}
export function parseSmallName(name: string): { dimension: SmallDimension; value: string; measure: 'p' | 'v' } | null {
  const match = /^([a-z]):(.*):([pv])$/s.exec(name);
  const dimension = smallDimensions.find((candidate) => smallLetter[candidate] === match?.[1]);
  if (!match || !dimension) return null;
  return { dimension, value: match[2] ?? '', measure: match[3] as 'p' | 'v' };
}

// ── page: one page on one day ────────────────────────────────────────────────────────────────────────────────────────

export function pageKey(epoch: string, site: string, day: string, pageId: string): ItemKey {
  return { pk: pagePartition(epoch, site, day), sk: pageId };
}
export function pagePartition(epoch: string, site: string, day: string): string {
  return `${epoch}|${site}|page|${day}`;
}
/** Entries now = entered − unentered; exits now = exited − unexited. What was met before an exit: see signal.ts. Texts: path, title, url (one address that shows it). */
export const pageName = {
  pageViews: 'pv',
  visitors: 'vi',
  entered: 'ei',
  unentered: 'eo',
  exited: 'xi',
  unexited: 'xo',
  engagedMs: 'en',
} as const;
export const pageText = { path: 'p', title: 't', url: 'u' } as const;

const deviceLetter: Record<Device, string> = { desktop: 'd', tablet: 't', mobile: 'm' };
/** Per device class: `v` views, `f` sum over views of viewport height / document height in per mille (for the fold line). */
export function pageDeviceName(device: Device, measure: 'v' | 'f'): string {
  return `${measure}${deviceLetter[device]}`;
}
/** Per device class and band 0..19: `r` views that reached the band, `m` ms in view. */
export function bandName(device: Device, band: number, measure: 'r' | 'm'): string {
  return `${measure}${deviceLetter[device]}${band.toString(36)}`;
}

const vitalLetter: Record<Vital, string> = { lcp: 'l', inp: 'i', cls: 'c' };
/** Per device class: loads whose Web Vital was in this bucket (see `vital.ts`). */
export function vitalName(device: Device, vital: Vital, bucket: number): string {
  return `${vitalLetter[vital]}${deviceLetter[device]}${bucket}`;
}

// ── value: one value of an open breakdown on one day ─────────────────────────────────────────────────────────────────

export const openDimensions = [
  'referrer',
  'utm_source',
  'utm_medium',
  'utm_campaign',
  'utm_term',
  'utm_content',
  'outbound',
  'download',
  'event',
] as const;
export type OpenDimension = (typeof openDimensions)[number];

export function valueKey(epoch: string, site: string, day: string, dimension: OpenDimension, valueId: string): ItemKey {
  return { pk: valuePartition(epoch, site, day), sk: `${dimension}|${valueId}` };
}
export function valuePartition(epoch: string, site: string, day: string): string {
  return `${epoch}|${site}|value|${day}`;
}
export function valueDimension(sk: string): string {
  return sk.slice(0, sk.indexOf('|'));
}
/** Page views and visitors that came with it, or how often it happened (`count`: outbound, download, event). Text `v`: the value. */
export const valueName = { pageViews: 'pv', visitors: 'vi', count: 'n' } as const;
export const valueText = { value: 'v' } as const;

// ── transition: from one page to another on one day ──────────────────────────────────────────────────────────────────
// An item each: a pair of pages is all that changes together, and so the item can't grow, whatever the site links to what.

/** `from`: a page's id. `to`: a page's id, or an outbound link (`outboundTarget`). The day is that of the view, or of the click. */
export function transitionKey(epoch: string, site: string, day: string, from: string, to: string): ItemKey {
  return { pk: transitionPartition(epoch, site, day), sk: `${from}|${to}` };
}
export function transitionPartition(epoch: string, site: string, day: string): string {
  return `${epoch}|${site}|transition|${day}`;
}
/** Of an outbound link's value id. */
export function outboundTarget(valueId: string): string {
  return `>${valueId}`;
}
/** Ids of the page and of the page or outbound link. */
export function parseTransitionSort(sk: string): { from: string; to: string; isOutbound: boolean } {
  const [from = '', to = ''] = sk.split('|');
  const isOutbound = to.startsWith('>');
  return { from, to: isOutbound ? to.slice(1) : to, isOutbound };
}
/** Transitions now = made − undone. */
export const transitionName = { made: 'n', undone: 'u' } as const;

// ── element: the elements of one page, on one device class, on one day ───────────────────────────────────────────────
// Clicks, rage, dead clicks and hovers by local hour; moves, visits to fields and reading in panes by day. Items are tiles that several places share (see place.ts and tile.ts):
// which tile, and at which index of it, is remembered with the place's admission, so it is the same on every attempt.

export function elementPartition(epoch: string, site: string, day: string, pageId: string, device: Device): string {
  return `${epoch}|${site}|element|${day}|${pageId}|${device}`;
}
/** `when`: an hour's instant for group `c`, 'day' for the others. Inverse: `parseTileSort`. */
export function tileSort(when: number | 'day', tile: number, group: PlaceGroup = when === 'day' ? 'm' : 'c'): string {
  return `${group}|${when === 'day' ? when : hourText(when)}|${tile}`;
}
export function parseTileSort(sk: string): { group: PlaceGroup; when: number | 'day'; tile: number } {
  const [letter, when = '', tile = ''] = sk.split('|');
  const group = placeGroups.find((one) => one === letter) ?? 'c';
  return { group, when: group === 'c' ? parseHourText(when) : 'day', tile: Number(tile) };
}

/** A counter of the place at index `at` (0..63) of a tile: an element's statistic or a cell. Inverse: `parsePlaceCounter`. */
export function placeCounter(at: number, name: string): string {
  return `${formatDigit(at)}${name}`;
}
/** @throws RangeError when the first character is no index. */
export function parsePlaceCounter(counter: string): { at: number; name: string } {
  return { at: parseDigit(counter.slice(0, 1)), name: counter.slice(1) };
}

/** Where the counters of a place stand, on its partition's day: by this, live totals name it. */
export type TilePlace = [group: PlaceGroup, tile: number, at: number];
/** One text for it, for maps. */
export function tilePlaceText([group, tile, at]: TilePlace): string {
  return `${group}|${tile}|${at}`;
}

export const elementName = {
  clicks: 'cl',
  taps: 'ta',
  rage: 'ra',
  dead: 'de',
  hovers: 'ho',
  hoverMs: 'hm',
  hesitations: 'he',
  restMs: 'rm',
  moves: 'mo',
  focuses: 'fo',
  focusMs: 'fm',
  changes: 'ch',
  abandons: 'ab',
} as const;

/** Of a pane: views that had it on screen and in which somebody scrolled one of the page's panes, and the sum over them of how much of it showed at once, in per mille of what it holds. */
export const paneName = { views: 'V', folds: 'F' } as const;
/** Of a pane's band 0..19: `R` views that reached it, `T` ms in view. */
export function paneBandName(band: number, measure: 'R' | 'T'): string {
  return `${measure}${band.toString(36)}`;
}

/** Layers that are kept in cells. `click` includes taps; values are counts, of `move` and `hover` ms. `hesitation`: hovers that hesitated. */
export const cellLayers = ['click', 'rage', 'dead', 'move', 'hover', 'hesitation'] as const;
export type CellLayer = (typeof cellLayers)[number];
const layerLetter: Record<CellLayer, string> = {
  click: 'C',
  rage: 'R',
  dead: 'D',
  move: 'M',
  hover: 'H',
  hesitation: 'E',
};

export function cellName(layer: CellLayer, col: number, row: number): string {
  return `${layerLetter[layer]}${formatCell(col)}${formatCell(row)}`;
}
export function parseCellName(name: string): { layer: CellLayer; col: number; row: number } | null {
  if (name.length !== 5) return null;
  const layer = cellLayers.find((candidate) => layerLetter[candidate] === name[0]);
  return layer ? { layer, col: parseCell(name.slice(1, 3)), row: parseCell(name.slice(3, 5)) } : null;
}

// ── goal: one goal or funnel on one day ──────────────────────────────────────────────────────────────────────────────

export function goalKey(epoch: string, site: string, day: string, goalId: string): ItemKey {
  return { pk: goalPartition(epoch, site, day), sk: `g|${goalId}` };
}
export function funnelKey(epoch: string, site: string, day: string, funnelId: string): ItemKey {
  return { pk: goalPartition(epoch, site, day), sk: `f|${funnelId}` };
}
export function goalPartition(epoch: string, site: string, day: string): string {
  return `${epoch}|${site}|goal|${day}`;
}
/** Of a goal: sessions that have reached it, on the day on which they began, as the series counts them. */
export const goalName = { sessions: 's' } as const;
/** Of a goal: how often it was reached in a local hour. Hours begin on quarter hours. Inverse: `parseConversionName`. */
export function conversionName(hour: number): string {
  return `c${(hour / 900_000).toString(36)}`;
}
/** The instant at which the hour begins; null for any other counter. */
export function parseConversionName(name: string): number | null {
  return name.startsWith('c') ? Number.parseInt(name.slice(1), 36) * 900_000 : null;
}
/** Of a funnel: sessions that have reached its step `index` (from 0) after those before it. */
export function stepName(index: number): string {
  return `s${index + 1}`;
}

// ── session: one session of one visitor, on the local date of its first event ─────────────────────────────────────────
// A day's sessions stand in static tiles by visitor, because each record of a session writes its item and a partition takes a thousand
// units a second. Within a tile they are in order of time.

export const sessionTileCount = 8;
export const sessionKeptMs = 90 * 86_400_000;
/** A session is over after a pause of more than this, and is no longer than that (see `aggregate/session.ts`). */
export const sessionGapMaxMs = 30 * 60_000;
export const sessionMaxMs = 86_400_000;

/** Names a session: its date, its visitor, and the start by which it was first known (ms since the epoch), which never changes. */
export interface SessionName {
  day: string;
  firstStart: number;
  visitor: string;
}

export function sessionKey(epoch: string, site: string, { day, firstStart, visitor }: SessionName): ItemKey {
  return { pk: sessionPartition(epoch, site, day, sessionTile(visitor)), sk: sessionSort(firstStart, visitor) };
}
export function sessionPartition(epoch: string, site: string, day: string, tile: number): string {
  return `${epoch}|${site}|session|${day}|${tile}`;
}
/** All of a day. */
export function sessionPartitions(epoch: string, site: string, day: string): string[] {
  return Array.from({ length: sessionTileCount }, (_, tile) => sessionPartition(epoch, site, day, tile));
}
/** Visitors are hashes, so their last digits spread evenly. */
export function sessionTile(visitor: string): number {
  return Number.parseInt(visitor.slice(-1), 16) % sessionTileCount;
}
/** In order of `firstStart`, and then of `visitor`. Inverse: `parseSessionSort`. */
export function sessionSort(firstStart: number, visitor: string): string {
  return `${firstStart.toString(36).padStart(9, '0')}-${visitor}`;
}
export function parseSessionSort(sk: string): Pick<SessionName, 'firstStart' | 'visitor'> {
  return { firstStart: Number.parseInt(sk.slice(0, 9), 36), visitor: sk.slice(10) };
}

/**
 * It began at its `firstStart` − `earlierMs`, and its newest sign came `durationMs` after that. A page of it is visible if it was `shown`
 * more often than `unshown`.
 */
export const sessionName = {
  earlierMs: 'ea',
  durationMs: 'du',
  pageViews: 'pv',
  clicks: 'cl',
  rage: 'ra',
  dead: 'de',
  engagedMs: 'en',
  shown: 'si',
  unshown: 'so',
} as const;
/** `with`: device class, country, browser, OS and language, between line breaks. `entry`: the referrer's host, a space, the path. `signals`: see signal.ts. */
export const sessionText = { with: 'w', entry: 'e', exit: 'x', signals: 'f' } as const;

/** The value that pages, referrers and so on beyond the site's limit are counted under. */
export const otherValue = '(other)';
