/**
 * What is known of a page's elements: the API's answers (facts, earlier days, today up to the answer) and today's live totals.
 * Both count the same counters, and counters only grow: of today's two figures the larger is the newer.
 */
import type { Box, ElementRow, HeatmapAnswer } from '../../functions/contract/answer.ts';
import {
  type CellLayer,
  elementName,
  parseCellName,
  parsePlaceCounter,
  parseTileSort,
  tilePlaceText,
} from '../../functions/contract/counter.ts';
import type { LiveItem } from '../live/merge.ts';

export interface ElementCounts {
  /** Taps included. */
  clicks: number;
  taps: number;
  rage: number;
  dead: number;
  hovers: number;
  hoverMs: number;
  hesitations: number;
  focuses: number;
  focusMs: number;
  changes: number;
  abandons: number;
}

export interface HeatElement {
  key: string;
  label: string;
  box: Box | null;
  viewportWidth: number;
  clickable: boolean;
  /** By `col * 4096 + row`. */
  cells: Map<number, number>;
  counts: ElementCounts;
}

/** One span's answers: of `/heatmap` and of `/elements`. */
export interface HeatAnswers {
  heatmap: HeatmapAnswer;
  rows: readonly ElementRow[];
  /** As the API says of the rows. */
  complete: boolean;
}

export interface LiveElement {
  cells: Map<number, number>;
  counts: ElementCounts;
}

export const noCounts: ElementCounts = {
  ...{ clicks: 0, taps: 0, rage: 0, dead: 0, hovers: 0, hoverMs: 0, hesitations: 0 },
  ...{ focuses: 0, focusMs: 0, changes: 0, abandons: 0 },
};
export const countNames = Object.keys(noCounts) as (keyof ElementCounts)[];

const measureOf = new Map<string, keyof ElementCounts>(countNames.map((name) => [elementName[name], name]));

/** Today's live totals of one partition, by place (see `tilePlaceText`): its hours added up. */
export function liveElements(items: Iterable<LiveItem>, partition: string, layer: CellLayer): Map<string, LiveElement> {
  const byPlace = new Map<string, LiveElement>();
  for (const { pk, sk, counters } of items) {
    if (pk !== partition) continue;
    const { group, tile } = parseTileSort(sk);
    for (const [counter, value] of Object.entries(counters)) {
      const { at, name } = parsePlaceCounter(counter);
      addLive(placeIn(byPlace, tilePlaceText([group, tile, at])), name, value, layer);
    }
  }
  return byPlace;
}

function placeIn(byPlace: Map<string, LiveElement>, place: string): LiveElement {
  const known = byPlace.get(place) ?? { cells: new Map(), counts: { ...noCounts } };
  byPlace.set(place, known);
  return known;
}

function addLive({ cells, counts }: LiveElement, name: string, value: number, layer: CellLayer): void {
  const measure = measureOf.get(name);
  if (measure) counts[measure] += value;
  const parsed = measure ? null : parseCellName(name);
  if (parsed?.layer !== layer) return;
  const cell = parsed.col * 4096 + parsed.row;
  cells.set(cell, (cells.get(cell) ?? 0) + value);
}

export interface ElementHeat {
  elements: HeatElement[];
  /** False: elements may be missing that were touched. */
  complete: boolean;
  /**
   * Places of live totals that the answers don't know yet, with what they count: empty when all are known. When it changes, the
   * answers should be asked for again.
   */
  unknown: string;
}

/** `earlier`: the days of the range before today; null where the range is today. */
export function elementHeat(
  earlier: HeatAnswers | null,
  today: HeatAnswers,
  live: ReadonlyMap<string, LiveElement>,
): ElementHeat {
  const elements = new Map<string, HeatElement>();
  addAnswers(elements, today);
  const unnamed = new Set(live.keys());
  for (const { key, places } of today.heatmap.elements) {
    const met = places.map(tilePlaceText).filter((place) => unnamed.delete(place));
    if (met.length > 0) raiseTo(elementOf(elements, key), sumOf(met.flatMap((place) => live.get(place) ?? [])));
  }
  const unknown = [...unnamed].map((place) => {
    const { counts = noCounts, cells } = live.get(place) ?? {};
    return `${place}:${Object.values(counts).join(',')},${cells?.size}`;
  });
  if (earlier) addAnswers(elements, earlier);
  const complete = today.complete && (earlier?.complete ?? true);
  return { elements: [...elements.values()], complete, unknown: unknown.join(' ') };
}

function addAnswers(elements: Map<string, HeatElement>, { heatmap, rows }: HeatAnswers): void {
  for (const { key, label, box, viewportWidth, clickable, cells } of heatmap.elements) {
    const element = elementOf(elements, key);
    element.label ||= label;
    element.box ??= box;
    element.viewportWidth ||= viewportWidth;
    element.clickable ||= clickable;
    for (const [col, row, value] of cells) {
      const cell = col * 4096 + row;
      element.cells.set(cell, (element.cells.get(cell) ?? 0) + value);
    }
  }
  for (const row of rows) {
    const element = elementOf(elements, row.key);
    element.label ||= row.label;
    element.clickable ||= row.clickable;
    for (const name of countNames) element.counts[name] += row[name];
  }
}

function elementOf(elements: Map<string, HeatElement>, key: string): HeatElement {
  let element = elements.get(key);
  if (!element) {
    const nothing = { label: '', box: null, viewportWidth: 0, clickable: false };
    element = { key, ...nothing, cells: new Map(), counts: { ...noCounts } };
    elements.set(key, element);
  }
  return element;
}

/** An element's places added up; a cell lies in one of them only, unless its box had several sizes today. */
function sumOf(places: LiveElement[]): LiveElement {
  const sum: LiveElement = { cells: new Map(), counts: { ...noCounts } };
  for (const { cells, counts } of places) {
    for (const [cell, value] of cells) sum.cells.set(cell, (sum.cells.get(cell) ?? 0) + value);
    for (const name of countNames) sum.counts[name] += counts[name];
  }
  return sum;
}

function raiseTo(element: HeatElement, live: LiveElement): void {
  for (const [cell, value] of live.cells) {
    if (value > (element.cells.get(cell) ?? 0)) element.cells.set(cell, value);
  }
  for (const name of countNames) element.counts[name] = Math.max(element.counts[name], live.counts[name]);
}
